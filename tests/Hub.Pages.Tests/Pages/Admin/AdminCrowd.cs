using System.Text.Json.Nodes;
using JupyterHub.Core.Groups;
using JupyterHub.Core.Roles;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Shares;
using JupyterHub.Core.Tokens;
using JupyterHub.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Pages.Tests.Pages.Admin;

/// <summary>A hub full of users whose names are hard to show: long, with emoji, from right to left; one of them in many groups, one with fifty servers.</summary>
internal static class AdminCrowd
{
    public const string Busy = "zoe";

    public static readonly string Long = new string('l', 60) + "ong0";

    public static readonly string[] Odd =
        [Long, "🦔🦔 hedgehog 👩‍🔬", "مستخدم-طويل-الاسم", "משתמש", "name with spaces", "maria.garcia-lopez@physics.university.example", "ZZ̷̛̈́al̶g̷o", "名前", new string('w', 255)];

    public static Task FillAsync(HubHost host) => host.Database.WriteAsync(
        async (db, token) =>
        {
            var names = Odd.Concat(Enumerable.Range(0, 49).Select(index => $"student{index:00}")).Append(Busy).ToList();
            var users = names.Select((name, index) => new HubUser
            {
                Name = name,
                CookieId = HubUser.NewCookieId(),
                Created = new DateTime(2025, 9, 1).AddHours(index * 7),
                LastActivity = index % 3 == 0 ? null : new DateTime(2026, 5, 1).AddMinutes(index * 77),
            }).ToList();
            db.Users.AddRange(users);
            var groups = Enumerable.Range(0, 12).Select(index => new HubGroup { Name = index == 0 ? "قسم-الفيزياء" : index == 1 ? new string('g', 64) : $"course-{index}" }).ToList();
            db.Groups.AddRange(groups);
            await db.SaveChangesAsync(token);
            var busy = users.Single(user => user.Name == Busy);
            db.AddRange(groups.Select(group => new UserGroup { GroupId = group.Id, UserId = busy.Id }));
            db.AddRange(users.Take(9).Select(user => new UserGroup { GroupId = groups[user.Id % 3].Id, UserId = user.Id }));
            db.AddRange(Enumerable.Range(0, 50).Select(index => new HubSpawner { UserId = busy.Id, Name = $"server-{index:00}", DisplayName = index == 3 ? "🦔 my very own server with a long display name" : null }));
            await FillBusyAsync(db, busy, users[0]);
            return 0;
        },
        CancellationToken.None);

    private static async Task FillBusyAsync(DbContext db, HubUser busy, HubUser friend)
    {
        busy.UserInfo = new JsonObject { ["name"] = "Zoë <Zed>", ["email"] = "zoe@example.org", ["groups"] = new JsonArray("a", "b") };
        busy.Admin = false;
        foreach (var name in new[] { "user", "course-assistant" })
        {
            var role = await db.Set<HubRole>().SingleOrDefaultAsync(row => row.Name == name) ?? db.Add(new HubRole { Name = name, Scopes = ["list:users"] }).Entity;
            await db.SaveChangesAsync();
            db.Add(new UserRole { RoleId = role.Id, UserId = busy.Id });
            if (name != "user")
            {
                db.Add(new UserRoleOrigin { RoleId = role.Id, UserId = busy.Id, Origin = RoleOrigins.Api, Creator = "user root", CreatedAt = new DateTime(2026, 1, 1), ExpiresAt = new DateTime(2099, 1, 1) });
            }
        }

        await db.SaveChangesAsync();
        var server = await db.Set<HubSpawner>().FirstAsync(row => row.UserId == busy.Id);
        db.Add(new Share { OwnerId = busy.Id, SpawnerId = server.Id, UserId = friend.Id, Scopes = [$"access:servers!server={busy.Name}/{server.Name}"], CreatedAt = new DateTime(2026, 2, 3) });
    }

    /// <summary>Tokens of all kinds: of servers, of a client, with notes that are hard to show and scopes that are many.</summary>
    public static async Task FillTokensAsync(HubHost host)
    {
        var busy = (await host.Data.UserAsync(Busy)).Id;
        foreach (var (note, scopes, expires) in new (string?, string[], TimeSpan?)[]
        {
            ("my laptop", ["inherit"], null),
            (null, ["read:users!user=zoe"], TimeSpan.FromDays(7)),
            ("مذكرة طويلة من اليمين إلى اليسار", [], TimeSpan.FromHours(1)),
            (new string('n', 200), ["access:servers!server=zoe/server-00", "read:users!user=zoe", "read:servers!user=zoe", "users:activity!user=zoe", "tokens!user=zoe"], null),
            ("<b>bold</b> 🦔", ["self"], null),
        })
        {
            await host.Data.TokenAsync(new NewToken { UserId = busy, Note = note ?? "", Scopes = scopes, ExpiresIn = expires });
        }

        await host.Data.ServiceTokenAsync("cull-idle", "list:users", "read:users:activity", "delete:servers");
    }
}
