using JupyterHub.Core.Spawning;
using JupyterHub.Core.Spawning.Choosing;

namespace JupyterHub.Core.Configuration.Validation;

/// <summary>Checks what every spawner shares; further settings of one kind are checked by their own attributes.</summary>
internal static class SpawnerOptionsValidator
{
    public static void Validate(SpawnerOptions? spawner, SettingChecks checks)
    {
        if (spawner is null)
        {
            return;
        }

        checks.Annotations(KnownSettings.Spawner, spawner);
        ValidateCommand(spawner, checks);
        ValidateEnvironment(spawner, checks);
        ValidateTimes(spawner, checks);
        ValidateLimits(spawner, checks);
        ValidateAddress(spawner, checks);
        ValidateStartOptions(spawner, checks);
    }

    private static void ValidateStartOptions(SpawnerOptions spawner, SettingChecks checks)
    {
        foreach (var (setting, problem) in StartOptionDeclarations.Problems([.. spawner.Options ?? []]))
        {
            throw checks.Error(setting.Length == 0 ? Path(nameof(spawner.Options)) : $"{Path(nameof(spawner.Options))}:{setting}", problem);
        }

        checks.Require(
            spawner.OptionsForm.Length == 0 || spawner.OptionsView.Length == 0, Path(nameof(spawner.OptionsView)), $"and {Path(nameof(spawner.OptionsForm))} cannot both be given");
    }

    private static void ValidateCommand(SpawnerOptions spawner, SettingChecks checks)
    {
        checks.Require(spawner.Command is [{ Length: > 0 }, ..], Path(nameof(spawner.Command)), "must name a program");
        RequireNoNull(Path(nameof(spawner.Command)), spawner.Command, checks);
        RequireNoNull(Path(nameof(spawner.Args)), spawner.Args, checks);
        RequireNoNull(Path(nameof(spawner.NotebookDir)), [spawner.NotebookDir], checks);
        RequireNoNull(Path(nameof(spawner.DefaultUrl)), [spawner.DefaultUrl], checks);
    }

    private static void ValidateEnvironment(SpawnerOptions spawner, SettingChecks checks)
    {
        foreach (var (name, value) in spawner.Environment)
        {
            checks.Require(IsVariable(name), $"{Path(nameof(spawner.Environment))}:{name}", "is not a valid name of an environment variable");
            RequireNoNull($"{Path(nameof(spawner.Environment))}:{name}", [value], checks);
        }

        foreach (var (index, name) in (spawner.EnvKeep ?? []).Index())
        {
            checks.Require(IsVariable(name), $"{Path(nameof(spawner.EnvKeep))}:{index}", "is not a valid name of an environment variable");
        }
    }

    private static void ValidateTimes(SpawnerOptions spawner, SettingChecks checks)
    {
        checks.Seconds(Path(nameof(spawner.StartTimeout)), spawner.StartTimeout, zeroAllowed: false);
        checks.Seconds(Path(nameof(spawner.HttpTimeout)), spawner.HttpTimeout, zeroAllowed: false);
        checks.Seconds(Path(nameof(spawner.PollInterval)), spawner.PollInterval);
        checks.Between(Path(nameof(spawner.PollJitter)), spawner.PollJitter, 0, 1);
    }

    private static void ValidateLimits(SpawnerOptions spawner, SettingChecks checks)
    {
        checks.Require(spawner.MemLimit is null or > 0, Path(nameof(spawner.MemLimit)), "must be more than 0 bytes");
        checks.Require(spawner.MemGuarantee is null or > 0, Path(nameof(spawner.MemGuarantee)), "must be more than 0 bytes");
        checks.Require(!(spawner.MemGuarantee > spawner.MemLimit), Path(nameof(spawner.MemGuarantee)), $"must not be more than {Path(nameof(spawner.MemLimit))}");
        checks.Require(spawner.CpuLimit is null or > 0, Path(nameof(spawner.CpuLimit)), "must be more than 0 cores");
        checks.Require(spawner.CpuGuarantee is null or > 0, Path(nameof(spawner.CpuGuarantee)), "must be more than 0 cores");
        checks.Require(!(spawner.CpuGuarantee > spawner.CpuLimit), Path(nameof(spawner.CpuGuarantee)), $"must not be more than {Path(nameof(spawner.CpuLimit))}");
    }

    private static void ValidateAddress(SpawnerOptions spawner, SettingChecks checks)
    {
        checks.Between(Path(nameof(spawner.Port)), spawner.Port, 0, 65535);
        checks.Require(
            spawner.Ip.Length == 0 || Uri.CheckHostName(spawner.Ip) != UriHostNameType.Unknown,
            Path(nameof(spawner.Ip)),
            "must be an IP address, a host name, or empty for all addresses");
        if (spawner.HubConnectUrl is { Length: > 0 } url)
        {
            spawner.HubConnectUrl = HubUrls.ReadOrigin(Path(nameof(spawner.HubConnectUrl)), url, checks);
        }
        else
        {
            spawner.HubConnectUrl = null;
        }
    }

    private static void RequireNoNull(string path, IEnumerable<string> texts, SettingChecks checks) =>
        checks.Require(texts.All(text => !text.Contains('\0', StringComparison.Ordinal)), path, "must not contain a null character");

    private static bool IsVariable(string name) => name.Length > 0 && !name.AsSpan().ContainsAny('=', '\0');

    private static string Path(string name) => $"{KnownSettings.Spawner}:{name}";
}
