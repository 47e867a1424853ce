using JupyterHub.AspNetCore.Api.Models;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Services;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.AspNetCore.Api;

/// <summary>Services, also those that are made while the hub runs (contract 2.8).</summary>
internal static class ServicesEndpoints
{
    private const string ListScope = "list:services";

    public static void Map(HubRouteTable routes)
    {
        routes.Api("GET", "api/services", List).RequireAnyHolding(ListScope)
            .Describe("Lists the services that the caller may see, as an object by name.").Returns(200, "Services");
        routes.Api("GET", "api/services/{service}", Get).RequireScopes(ResourceKind.Service, "read:services", "read:services:name", "read:roles:services")
            .Describe("Shows a service.").Returns(200, "Service");
        routes.Api("POST", "api/services/{service}", Create).RequireScopes(ResourceKind.Service, "admin:services")
            .Describe("Makes a service that runs by itself; waits a while for it to answer if it has an address.").Takes("ServiceBody").Returns(201, "Service");
        routes.Api("DELETE", "api/services/{service}", Delete).RequireScopes(ResourceKind.Service, "admin:services")
            .Describe("Deletes a service that was made while the hub ran, with its tokens and OAuth client.").Returns(200);
    }

    private static async Task List(HubRequest request)
    {
        var held = request.Known.Authority.Permissions.FiltersOf(ListScope);
        var services = await request.Get<ServiceListing>().ListAsync(held, request.Aborted);
        var models = request.Get<ServiceModel>();
        await request.JsonAsync(200, writer =>
        {
            writer.WriteStartObject();
            foreach (var service in services)
            {
                writer.WritePropertyName(service.Name);
                models.Write(writer, service, request.Known.Authority);
            }

            writer.WriteEndObject();
        });
    }

    private static Task Get(HubRequest request) => AnswerAsync(request, 200);

    private static async Task Create(HubRequest request)
    {
        var body = await request.ReadObjectAsync("Invalid service data");
        var name = request.Value("service");
        if (await request.Get<ServiceModel>().LoadAsync(name, request.Aborted) is not null)
        {
            // Told first, whatever the body says (contract 20).
            throw new HubHttpException(409, $"Service {LogText.Bound(name)} already exists");
        }

        var draft = ServiceBody.Parse(name, body);
        RefuseUnlessDone(await request.Get<ServiceCreation>().CreateAsync(request.Known, draft, request.Aborted));
        await AnswerAsync(request, 201);
    }

    private static async Task Delete(HubRequest request)
    {
        RefuseUnlessDone(await request.Get<ServiceRemoval>().DeleteAsync(request.Value("service"), request.Aborted));
        await request.EmptyAsync(200, "application/json");
    }

    private static async Task AnswerAsync(HubRequest request, int status)
    {
        var name = request.Value("service");
        var models = request.Get<ServiceModel>();
        var service = await models.LoadAsync(name, request.Aborted) ?? throw HubHttpException.NotFound($"No such service: {LogText.Bound(name)}");
        await request.JsonAsync(status, writer => models.Write(writer, service, request.Known.Authority));
    }

    private static void RefuseUnlessDone(ServiceChange change)
    {
        if (change.Outcome != ServiceOutcome.Done)
        {
            throw new HubHttpException(StatusOf(change.Outcome), change.Message);
        }
    }

    public static int StatusOf(ServiceOutcome outcome) => outcome switch
    {
        ServiceOutcome.Exists => 409,
        ServiceOutcome.Unknown => 404,
        ServiceOutcome.NotAdmin => 403,
        ServiceOutcome.Configured => 405,
        _ => 400,
    };
}
