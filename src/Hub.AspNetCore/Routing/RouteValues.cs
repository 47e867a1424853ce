namespace JupyterHub.AspNetCore.Routing;

/// <summary>What the parameters of a matched route hold, decoded once.</summary>
internal sealed class RouteValues
{
    private readonly List<KeyValuePair<string, string>> values = [];

    public void Add(string name, string value) => values.Add(new(name, value));

    public string? Find(string name)
    {
        foreach (var (key, value) in values)
        {
            if (key == name)
            {
                return value;
            }
        }

        return null;
    }
}
