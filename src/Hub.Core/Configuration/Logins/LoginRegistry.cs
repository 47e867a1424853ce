namespace JupyterHub.Core.Configuration.Logins;

/// <summary>The kinds of redirect logins that a host registered, and the logins that code declares. A value of <c>JupyterHub:Logins</c> configures one of these, or declares another.</summary>
internal sealed class LoginRegistry
{
    private readonly List<ComponentRegistration> types = [];
    private readonly List<(string Name, ComponentRegistration Registration)> declared = [];

    /// <summary>The kinds; one that the configuration declares without a <c>Type</c> is of the last.</summary>
    public IReadOnlyList<ComponentRegistration> Types => types;

    public IReadOnlyList<string> Declared => [.. declared.Select(login => login.Name)];

    public void AddType(string type, Type implementation, Type optionsType)
    {
        types.RemoveAll(known => known.Name == type);
        types.Add(new ComponentRegistration(type, implementation, optionsType));
    }

    /// <summary>Declares a login of a kind. Called again for the same name and kind, it configures further; another kind takes the name over.</summary>
    public void Declare(string name, string type, Action<object>? configure)
    {
        var index = declared.FindIndex(login => login.Name == name);
        var registration = index >= 0 && declared[index].Registration.Name == type ? declared[index].Registration : types.Single(known => known.Name == type);
        if (configure is not null)
        {
            registration = registration with { Configure = [.. registration.Configure, configure] };
        }

        if (index >= 0)
        {
            declared[index] = (name, registration);
        }
        else
        {
            declared.Add((name, registration));
        }
    }

    /// <summary>What a login of this name may be, its own kind last.</summary>
    public IReadOnlyList<ComponentRegistration> RegistrationsOf(string name)
    {
        var own = declared.FirstOrDefault(login => login.Name == name).Registration;
        return own is null ? types : [.. types.Where(type => type.Name != own.Name), own];
    }
}
