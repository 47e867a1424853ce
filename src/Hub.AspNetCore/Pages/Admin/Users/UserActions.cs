using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Pages.Confirming;
using JupyterHub.AspNetCore.Pages.Notices;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Users;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.AspNetCore.Pages.Admin.Users;

/// <summary>What is done to a user as a whole, after a question.</summary>
internal static class UserActions
{
    private const int MostServersNamed = 20;

    public static async Task DeleteAsync(HubRequest request)
    {
        AdminGate.RequireForUser(request, "delete:users");
        var (texts, name) = (request.Get<PageTexts>(), request.Value("user"));
        if (name == request.Known.Name)
        {
            throw HubHttpException.BadRequest(texts["Cannot delete yourself!"]);
        }

        if (!await ConfirmModel.IsAnsweredAsync(request))
        {
            await AskForDeletionAsync(request, texts, name);
            return;
        }

        var list = request.Addresses.HubPath + "admin";
        var (text, isDeleted) = await DeleteAsync(request, texts, name);
        var back = isDeleted ? await BackAddress.OfAsync(request, list) : request.Get<UserRows>().UrlOf(name);

        // The user's own pages are gone with the user.
        await request.Get<PageNotices>().RedirectAsync(request, isDeleted && back.StartsWith($"{list}/users/", StringComparison.Ordinal) ? list : back, text, !isDeleted);
    }

    public static async Task SignOutAsync(HubRequest request)
    {
        AdminGate.RequireForUser(request, "admin:users", "tokens");
        var (texts, name, url) = (request.Get<PageTexts>(), request.Value("user"), request.Get<UserRows>().UrlOf(request.Value("user")));
        var isSelf = request.Known.IsUser && request.Known.Name == name;
        if (!await ConfirmModel.IsAnsweredAsync(request))
        {
            _ = await FindAsync(request, name);
            await ConfirmModel.AskAsync(request, new ConfirmView
            {
                Title = texts["Sign out everywhere?"],
                Question = isSelf
                    ? texts["You are signed out in every browser, this one too, and servers and services forget who you are. Your API tokens stay."]
                    : texts["{0} is signed out in every browser, and servers and services forget who they are. API tokens stay.", name],
                Button = texts["Sign out everywhere"],
                CancelUrl = url,
            });
            return;
        }

        switch (await request.Get<SignOutEverywhereOperation>().ExecuteAsync(name, isSelf || request.Known.Admin, request.Aborted))
        {
            case SignOutEverywhereOutcome.NotFound:
                throw NoSuchUser(name);
            case SignOutEverywhereOutcome.ChangesAdmin:
                throw HubHttpException.Forbidden(texts["Only admins can modify other admins"]);
        }

        if (isSelf)
        {
            HubCookies.ClearAll(request);
            await request.RedirectAsync(request.Addresses.HubPath + "login");
            return;
        }

        await request.Get<PageNotices>().RedirectAsync(request, url, texts["{0} is signed out everywhere.", name]);
    }

    public static HubHttpException NoSuchUser(string name) => HubHttpException.NotFound($"No such user: {LogText.Bound(name)}");

    private static async Task<UserRecord> FindAsync(HubRequest request, string name) =>
        await request.Get<UserReader>().FindAsync(name, request.Aborted) ?? throw NoSuchUser(name);

    private static async Task AskForDeletionAsync(HubRequest request, PageTexts texts, string name)
    {
        var user = await FindAsync(request, name);
        var supervisor = request.Get<ServerSupervisor>();
        var running = user.Servers.Where(row => row.ServerId is not null).Select(row => row.Name).Union(supervisor.ActiveOf(name)).ToList();
        var named = running.Where(server => AdminGate.Allows(request, Resource.Server(name, server), "read:servers")).Order(StringComparer.Ordinal).ToList();
        var url = request.Get<UserRows>().UrlOf(name);
        await ConfirmModel.AskAsync(request, new ConfirmView
        {
            Title = texts["Delete this user?"],
            Question = named.Count switch
            {
                // What the asker may not see is stopped as well.
                0 when running.Count > 0 || !AdminGate.Allows(request, Resource.User(name), "read:servers") =>
                    texts["{0} is deleted with all tokens, shares and memberships. Whatever server of theirs runs is stopped first.", name],
                0 => texts["{0} is deleted with all tokens, shares and memberships. No server of theirs runs.", name],
                1 => texts["{0} is deleted with all tokens, shares and memberships. This server is stopped first:", name],
                _ => texts["{0} is deleted with all tokens, shares and memberships. These {1} servers are stopped first:", name, named.Count],
            },
            Details =
            [
                .. named.Take(MostServersNamed).Select(server => server.Length == 0 ? texts["Default server"] : server),
                .. named.Count > MostServersNamed ? [texts["and {0} more", named.Count - MostServersNamed]] : Array.Empty<string>(),
            ],
            Button = texts["Delete the user"],
            Fields = [new(BackAddress.Field, await BackAddress.OfAsync(request, url))],
            CancelUrl = await BackAddress.OfAsync(request, url),
        });
    }

    private static async Task<(string Text, bool IsDeleted)> DeleteAsync(HubRequest request, PageTexts texts, string name)
    {
        try
        {
            return await request.Get<UserDeletion>().DeleteAsync(name, request.Aborted) switch
            {
                UserDeletionOutcome.Deleted => (texts["{0} is deleted.", name], true),

                // Somebody else was faster: what was wanted is so.
                UserDeletionOutcome.NotFound => (texts["There is no user {0} any more.", name], true),
                _ => (texts["A server of {0} is still stopping. Try again in a moment.", name], false),
            };
        }
        catch (ServerFailureException failed)
        {
            return (texts["{0} is not deleted: a server could not be stopped. {1}", name, failed.Failure.Message], false);
        }
        catch (ServerOperationException refused)
        {
            return (texts["{0} is not deleted: a server could not be stopped. {1}", name, refused.Message], false);
        }
    }
}
