using Grpc.Core;

namespace JupyterHub.Proxy.Tests.Hosts;

/// <summary>What a generator would make of a service's description: its calls, and methods to override. Its messages are bytes.</summary>
[BindServiceMethod(typeof(EchoGrpcBase), nameof(Bind))]
public abstract class EchoGrpcBase
{
    public static readonly Method<byte[], byte[]> Unary = MethodOf(MethodType.Unary, nameof(AnswerAsync));
    public static readonly Method<byte[], byte[]> Upload = MethodOf(MethodType.ClientStreaming, nameof(CountAsync));
    public static readonly Method<byte[], byte[]> Download = MethodOf(MethodType.ServerStreaming, nameof(RepeatAsync));
    public static readonly Method<byte[], byte[]> Talk = MethodOf(MethodType.DuplexStreaming, nameof(TalkAsync));

    public static void Bind(ServiceBinderBase binder, EchoGrpcBase? service)
    {
        binder.AddMethod(Unary, (UnaryServerMethod<byte[], byte[]>?)(service is null ? null : service.AnswerAsync));
        binder.AddMethod(Upload, (ClientStreamingServerMethod<byte[], byte[]>?)(service is null ? null : service.CountAsync));
        binder.AddMethod(Download, (ServerStreamingServerMethod<byte[], byte[]>?)(service is null ? null : service.RepeatAsync));
        binder.AddMethod(Talk, (DuplexStreamingServerMethod<byte[], byte[]>?)(service is null ? null : service.TalkAsync));
    }

    public abstract Task<byte[]> AnswerAsync(byte[] request, ServerCallContext context);

    public abstract Task<byte[]> CountAsync(IAsyncStreamReader<byte[]> requests, ServerCallContext context);

    public abstract Task RepeatAsync(byte[] request, IServerStreamWriter<byte[]> answers, ServerCallContext context);

    public abstract Task TalkAsync(IAsyncStreamReader<byte[]> requests, IServerStreamWriter<byte[]> answers, ServerCallContext context);

    private static Method<byte[], byte[]> MethodOf(MethodType type, string name)
    {
        var bytes = Marshallers.Create(bytes => bytes, bytes => bytes);
        return new Method<byte[], byte[]>(type, "user/ada/echo.Echo", name, bytes, bytes);
    }
}
