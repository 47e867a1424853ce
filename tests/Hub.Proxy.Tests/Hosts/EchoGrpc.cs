using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace JupyterHub.Proxy.Tests.Hosts;

/// <summary>A gRPC service with all kinds of calls, that sends back what it gets.</summary>
public sealed class EchoGrpc(EchoGrpc.Witness witness) : EchoGrpcBase
{
    public static void Add(IServiceCollection services, Witness witness) => services.AddSingleton(witness).AddGrpc(grpc => grpc.MaxReceiveMessageSize = null);

    public static void Map(WebApplication app) => app.MapGrpcService<EchoGrpc>();

    public override async Task<byte[]> AnswerAsync(byte[] request, ServerCallContext context)
    {
        await context.WriteResponseHeadersAsync(new Metadata { { "x-head", "first" }, { "seen-scheme", context.GetHttpContext().Request.Scheme } });
        context.ResponseTrailers.Add("x-trailer", "last");
        context.ResponseTrailers.Add("bytes-bin", [0, 255, 10]);
        return request is [] ? throw new RpcException(new Status(StatusCode.FailedPrecondition, "empty: \u00e9"), new Metadata { { "why", "no bytes" } }) : request;
    }

    public override async Task<byte[]> CountAsync(IAsyncStreamReader<byte[]> requests, ServerCallContext context)
    {
        var count = 0;
        while (await requests.MoveNext(context.CancellationToken))
        {
            count += requests.Current.Length;
        }

        return BitConverter.GetBytes(count);
    }

    public override async Task RepeatAsync(byte[] request, IServerStreamWriter<byte[]> answers, ServerCallContext context)
    {
        context.CancellationToken.Register(() => witness.Cancelled.TrySetResult());
        while (true)
        {
            await answers.WriteAsync(request, context.CancellationToken);
        }
    }

    public override async Task TalkAsync(IAsyncStreamReader<byte[]> requests, IServerStreamWriter<byte[]> answers, ServerCallContext context)
    {
        while (await requests.MoveNext(context.CancellationToken))
        {
            await answers.WriteAsync(requests.Current, context.CancellationToken);
            if (requests.Current is [0])
            {
                // It may end while the client still talks.
                return;
            }
        }

        context.ResponseTrailers.Add("x-trailer", "heard all");
    }

    /// <summary>What a test wants to know of the service.</summary>
    public sealed class Witness
    {
        public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
