using JupyterHub.Core.Authentication;
using JupyterHub.Core.Configuration.Binding;
using JupyterHub.Core.Configuration.Logins;
using JupyterHub.Core.Configuration.Sources;
using JupyterHub.Core.Configuration.Validation;
using JupyterHub.Core.Proxying;
using JupyterHub.Core.Spawning;
using Microsoft.Extensions.Configuration;

namespace JupyterHub.Core.Configuration;

/// <summary>
/// The one strict reader of section <c>JupyterHub</c>. Whatever is unknown, of the wrong type, given twice or impossible stops the
/// start with one line that names the key.
/// </summary>
internal sealed class HubConfigurationReader
{
    private static readonly string[] ReadElsewhere = ["Authenticator", "Spawner", "Proxy", "Logins"];

    private static readonly ComponentRegistration InProcessProxy = new(ProxyOptions.InProcess, typeof(IHubProxy), typeof(ProxyOptions));

    private readonly string contentRoot;
    private readonly SettingOrigins origins = new();
    private readonly List<(BindingContext Context, SettingMap Section)> sources;

    /// <summary>Takes what the sources say; nothing is judged yet.</summary>
    /// <param name="configuration">The host's configuration.</param>
    /// <param name="contentRoot">What relative paths are relative to that stand in no file.</param>
    /// <param name="readsSecrets">False for tools, which need no secret and may not be allowed to read it.</param>
    public HubConfigurationReader(IConfiguration configuration, string contentRoot, bool readsSecrets = true)
    {
        this.contentRoot = contentRoot;
        sources = [.. ConfigurationSources.Read(configuration, KnownSettings.Root)
            .Select(source => (new BindingContext(source.Origin, contentRoot, origins, readsSecrets), source.Section))];
    }

    /// <summary>Reads everything over what code set, and checks it.</summary>
    public HubConfiguration Read(
        Action<JupyterHubOptions>? configure,
        IReadOnlyList<ComponentRegistration> authenticators,
        IReadOnlyList<ComponentRegistration> spawners,
        LoginRegistry? logins = null,
        IReadOnlyList<ComponentRegistration>? proxies = null)
    {
        RefuseBothForms("Authenticator", "Authenticators");
        RefuseBothForms("Spawner", "Spawners");
        var hub = ReadHub(configure);
        var authenticator = new ComponentReader(KnownSettings.Authenticator, authenticators, Sections("Authenticator", withShorthands: true)).Read();
        var spawner = new ComponentReader(KnownSettings.Spawner, spawners, Sections("Spawner", withShorthands: false)).Read();
        HubPaths.Complete(authenticator?.Options, contentRoot);
        var proxy = new ComponentReader(KnownSettings.Proxy, proxies is null or [] ? [InProcessProxy] : proxies, Sections("Proxy", withShorthands: false)).Read()!;
        HubPaths.Complete(spawner?.Options, contentRoot);
        var checks = new SettingChecks(origins);
        var redirects = new LoginsReader(logins, Sections("Logins", withShorthands: false), contentRoot, checks).Read();
        HubOptionsValidator.Validate(hub, checks);
        ProxyOptionsValidator.Validate(hub, proxy, checks);
        AuthenticatorOptionsValidator.Validate(authenticator?.Options as AuthenticatorOptions, checks, redirects.Count);
        SpawnerOptionsValidator.Validate(spawner?.Options as SpawnerOptions, checks);
        return new HubConfiguration(hub, authenticator, spawner, proxy, redirects, origins, Files());
    }

    /// <summary>Reads the hub's own settings alone, for tools: sections of components that a tool does not have are left alone.</summary>
    public HubConfiguration ReadHubOnly(Action<JupyterHubOptions>? configure)
    {
        var hub = ReadHub(configure);
        HubOptionsValidator.Validate(hub, new SettingChecks(origins));
        return new HubConfiguration(hub, null, null, null, [], origins, Files());
    }

    /// <summary>True if a source gives a setting, whatever it says.</summary>
    public bool Gives(string section, string name) => sources.Exists(source =>
        source.Section.Find(section, KnownSettings.Root, source.Context.Origin) is SettingMap map
        && map.Find(name, $"{KnownSettings.Root}:{section}", source.Context.Origin) is not null);

    private JupyterHubOptions ReadHub(Action<JupyterHubOptions>? configure)
    {
        var hub = new JupyterHubOptions();
        configure?.Invoke(hub);
        foreach (var (context, section) in sources)
        {
            new SettingsBinder(context).Bind(hub, section, KnownSettings.Root, IsReadElsewhere);
        }

        HubPaths.Complete(hub, contentRoot);
        HubPaths.Complete(hub.Pages, contentRoot);
        foreach (var service in hub.Services)
        {
            HubPaths.Complete(service, contentRoot);
        }

        return hub;
    }

    private static bool IsReadElsewhere(string name) =>
        ReadElsewhere.Contains(name, StringComparer.OrdinalIgnoreCase) || KnownSettings.AuthenticatorShorthands.Contains(name);

    private List<ComponentSection> Sections(string name, bool withShorthands) =>
        [.. sources.Select(source => ReadSection(source.Context, source.Section, name, withShorthands))];

    private static ComponentSection ReadSection(BindingContext context, SettingMap hub, string name, bool withShorthands)
    {
        var section = hub.Find(name, KnownSettings.Root, context.Origin) switch
        {
            null or SettingScalar { Type: SettingScalarType.Null } or SettingScalar { Type: SettingScalarType.Untyped, Text: "" } => null,
            SettingMap map => map,
            var other => throw SettingErrors.WrongType($"{KnownSettings.Root}:{name}", "an object", other, context.Origin),
        };
        var shorthand = new SettingMap(
            [.. hub.Entries.Where(entry => withShorthands && KnownSettings.AuthenticatorShorthands.Contains(entry.Key))]);
        foreach (var (key, _) in shorthand.Entries)
        {
            if (section?.Find(key, $"{KnownSettings.Root}:{name}", context.Origin) is not null)
            {
                throw SettingErrors.Create(
                    $"{KnownSettings.Root}:{key}", $"is a shorthand for {KnownSettings.Root}:{name}:{key}; give only one of them", context.Origin);
            }
        }

        return new ComponentSection(context, section, shorthand);
    }

    private void RefuseBothForms(string one, string several)
    {
        var given = sources.Where(source => source.Section.Find(one, KnownSettings.Root, source.Context.Origin) is not null).ToList();
        foreach (var (context, section) in sources)
        {
            if (given.Count > 0 && section.Find(several, KnownSettings.Root, context.Origin) is not null)
            {
                throw SettingErrors.Create(
                    $"{KnownSettings.Root}:{several}", $"and {KnownSettings.Root}:{one} cannot both be given", context.Origin);
            }
        }
    }

    private List<string> Files() =>
        [.. sources.Where(source => source.Context.Origin.IsFile).Select(source => source.Context.Origin.Description).Distinct()];
}
