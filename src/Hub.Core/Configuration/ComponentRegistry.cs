namespace JupyterHub.Core.Configuration;

/// <summary>The implementations of one port (spawners, authenticators) that a host registered, in the order of their last registration.</summary>
/// <typeparam name="TPort">The port.</typeparam>
internal sealed class ComponentRegistry<TPort>
{
    private readonly List<ComponentRegistration> registrations = [];

    public IReadOnlyList<ComponentRegistration> Registrations => registrations;

    /// <summary>Registers under a name. The same class under the same name is configured further; another class takes the name over.</summary>
    public void Add(string name, Type implementation, Type optionsType, Action<object>? configure)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var known = registrations.Find(registration => string.Equals(registration.Name, name, StringComparison.OrdinalIgnoreCase));
        var registration = known is not null && known.Implementation == implementation && known.OptionsType == optionsType
            ? known
            : new ComponentRegistration(name, implementation, optionsType);
        if (known is not null)
        {
            registrations.Remove(known);
        }

        registrations.Add(configure is null ? registration : registration with { Configure = [.. registration.Configure, configure] });
    }

    /// <summary>Registers what is taken where nothing else is registered, unless the name is known.</summary>
    public void AddFallback(string name, Type implementation, Type optionsType)
    {
        if (!registrations.Exists(registration => string.Equals(registration.Name, name, StringComparison.OrdinalIgnoreCase)))
        {
            registrations.Insert(0, new ComponentRegistration(name, implementation, optionsType));
        }
    }
}
