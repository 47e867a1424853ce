using System.Text.RegularExpressions;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Configuration.Binding;
using JupyterHub.Core.Hosting;
using JupyterHub.Core.Spawning;
using JupyterHub.Testing;

namespace JupyterHub.Core.Tests.Configuration;

/// <summary>Every key of the reference is served or refused as known: none is taken for a slip, none is passed over in silence.</summary>
public sealed partial class KnownSettingsTests
{
    private static readonly Dictionary<string, Type> Served = new(StringComparer.Ordinal)
    {
        ["JupyterHub"] = typeof(JupyterHubOptions),
        ["JupyterHub:Authenticator"] = typeof(AuthenticatorOptions),
        ["JupyterHub:Spawner"] = typeof(SpawnerOptions),
        ["JupyterHub:Proxy"] = typeof(ProxyOptions),
        ["JupyterHub:Database"] = typeof(DatabaseOptions),
        ["JupyterHub:SignInLimits"] = typeof(SignInLimits),
        ["JupyterHub:Pages"] = typeof(PageOptions),
        ["JupyterHub:LoadRoles"] = typeof(RoleDeclaration),
        ["JupyterHub:LoadGroups"] = typeof(GroupDeclaration),
        ["JupyterHub:Services"] = typeof(ServiceDeclaration),
        ["JupyterHub:CustomScopes"] = typeof(ScopeDeclaration),
    };

    public static IEnumerable<object[]> Keys => ReadKeys().Select(key => new object[] { key.Section, key.Name });

    [Theory]
    [MemberData(nameof(Keys))]
    public void Every_key_is_served_or_refused_as_known(string section, string name)
    {
        var canonical = KnownSettings.Canonical(section, name);
        var isServed = (Served.TryGetValue(section, out var type) && OptionsShape.Of(type).Find(canonical) is not null)
            || (section == "JupyterHub" && (KnownSettings.AuthenticatorShorthands.Contains(name) || Served.ContainsKey($"{section}:{name}")));

        Assert.True(KnownSettings.Contains(section, name), $"{section}:{name} is missing from the known settings.");
        Assert.NotEqual(isServed, IsRefusedAsKnown(section, name));
    }

    [Fact]
    public void The_reference_was_read()
    {
        // A change of the copy's form must not empty the test above.
        Assert.Equal(153, ReadKeys().Count());
    }

    [Fact]
    public void What_is_served_is_known()
    {
        Assert.All(
            Served.SelectMany(section => OptionsShape.Of(section.Value).Names.Select(name => (Section: section.Key, Name: name))),
            key => Assert.True(KnownSettings.Contains(key.Section, key.Name), $"{key.Section}:{key.Name}"));
    }

    private static bool IsRefusedAsKnown(string section, string name)
    {
        using var host = new HostSetup();
        var setting = $"\"{name}\": [{{ }}]";
        host.AddSection(section.Split(':') is [_, var nested] ? $"\"{nested}\": {{ {setting} }}" : setting);
        try
        {
            host.Read();
            return false;
        }
        catch (HubStartupException exception)
        {
            return exception.Message.Contains("is known, but this version does not serve it yet", StringComparison.Ordinal);
        }
    }

    /// <summary>Keys of the copied tables: rows of tables, and the names in code marks on the lines that list further ones.</summary>
    private static IEnumerable<(string Section, string Name)> ReadKeys()
    {
        var section = "JupyterHub";
        var keys = new HashSet<(string, string)>();
        foreach (var line in File.ReadLines(Repository.Data("configuration-keys.txt")))
        {
            if (Heading().Match(line) is { Success: true } heading)
            {
                section = heading.Groups[1].Value;
            }

            var isNested = section is not ("JupyterHub" or "JupyterHub:Authenticator" or "JupyterHub:Spawner" or "JupyterHub:Proxy");
            if (Row().Match(line) is { Success: true } row && !isNested)
            {
                keys.Add((section, row.Groups[1].Value));
            }
            else if (line.StartsWith("Ours: ", StringComparison.Ordinal) || ListOfKeys().IsMatch(line))
            {
                keys.UnionWith(Listed(section, line));
            }
        }

        return [.. keys];
    }

    private static IEnumerable<(string, string)> Listed(string section, string line) => Code().Matches(line).Select(match => match.Groups[1].Value)
        .Where(text => text != "False" && text != "True" && char.IsAsciiLetterUpper(text[0]))
        .SelectMany(text => Group().Match(text) is { Success: true } group
            ? group.Groups[2].Value.Split(',').Select(part => ($"{section}:{group.Groups[1].Value}", part.Trim().Split(' ')[0])).Append((section, group.Groups[1].Value))
            : [(section, text)]);

    [GeneratedRegex(@"^### `([^`]+)`")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\| `([A-Za-z0-9]+)` \|")]
    private static partial Regex Row();

    [GeneratedRegex(@"^([A-Za-z]+(Authenticator|Spawner|HTTPProxy): |`Cmd` is accepted)")]
    private static partial Regex ListOfKeys();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"^([A-Za-z]+):\{(.+)\}$")]
    private static partial Regex Group();
}
