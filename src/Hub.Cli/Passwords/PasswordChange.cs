using System.Data.Common;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Data;
using JupyterHub.Core.Hosting;

namespace JupyterHub.Cli.Passwords;

/// <summary>Replaces one of the two shared passwords.</summary>
internal static class PasswordChange
{
    public static async Task<int> RunAsync(string kind, string? directory, string? file, bool generates, CancellationToken cancellationToken)
    {
        try
        {
            await using var state = await HubState.OpenAsync(file, directory, cancellationToken);
            RefuseIfConfigured(kind, state);
            var password = generates ? PasswordRules.MakeUp(kind) : PasswordInput.Read(kind, cancellationToken);
            await PasswordRules.CheckAsync(kind, password, state.Passwords, cancellationToken);
            await state.Passwords.SetAsync(kind, password, cancellationToken);
            if (generates)
            {
                await Console.Out.WriteLineAsync(password);
            }

            await Console.Error.WriteLineAsync($"The {kind} password of the hub in {state.Folder} is set.");
            return ExitCodes.Done;
        }
        catch (Exception exception) when (exception is HubStartupException or PasswordRefusedException)
        {
            await Console.Error.WriteLineAsync($"hub: {exception.Message}");
        }
        catch (Exception exception) when (exception is DatabaseBusyException or DbException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"hub: The password is not set: {exception.Message}");
        }

        return ExitCodes.Refused;
    }

    private static void RefuseIfConfigured(string kind, HubState state)
    {
        var setting = kind == SharedPasswordKind.Admin ? nameof(SharedPasswordOptions.AdminPassword) : nameof(SharedPasswordOptions.UserPassword);
        if (state.AuthenticatorGives(setting))
        {
            throw new PasswordRefusedException($"The configuration gives JupyterHub:Authenticator:{setting}, which counts; change it there.");
        }
    }
}
