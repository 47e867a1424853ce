namespace JupyterHub.AspNetCore.Routing;

/// <summary>The part of the address space that a request asks for.</summary>
/// <param name="Name"><c>hub</c>, <c>user</c> or <c>services</c>.</param>
/// <param name="FirstSegment">Index of the first segment behind the area's name.</param>
internal sealed record HubArea(string Name, int FirstSegment)
{
    public const string Hub = "hub";
    public const string User = "user";
    public const string Services = "services";
}
