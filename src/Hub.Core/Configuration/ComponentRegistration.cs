namespace JupyterHub.Core.Configuration;

/// <summary>A spawner or authenticator that the host registered: the name that <c>Type</c> selects it by, its class and how code sets its options.</summary>
internal sealed record ComponentRegistration(string Name, Type Implementation, Type OptionsType)
{
    public IReadOnlyList<Action<object>> Configure { get; init; } = [];

    public object CreateOptions()
    {
        var options = Activator.CreateInstance(OptionsType)!;
        foreach (var configure in Configure)
        {
            configure(options);
        }

        return options;
    }
}
