using JupyterHub.Core.Announcements;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Hosting;
using JupyterHub.Testing;

namespace JupyterHub.Core.Tests.Configuration;

/// <summary>What operators may say about pages, and what stops the start.</summary>
public sealed class PageSettingsTests
{
    [Fact]
    public void Everything_is_read_and_paths_are_relative_to_their_file()
    {
        using var setup = new HostSetup();
        var file = setup.AddSection("""
            "LogoFile": "art/logo.svg", "Announcement": "all", "TemplateVars": { "announcement_login": "sign in", "colour": "blue" },
            "Pages": { "Title": " Physics ", "StyleSheets": ["a.css", "/etc/b.css"], "Links": { "Help": "https://help.example/" }, "Footer": "f",
                       "FooterLinks": { "Imprint": "/imprint", "Mail": "mailto:it@example.org" }, "Contact": "c", "Announcements": { "home": "h", "spawn": "" } }
            """);
        var hub = setup.Read().Hub;
        var folder = Path.GetDirectoryName(file)!;
        Assert.Equal(Path.Combine(folder, "art/logo.svg"), hub.LogoFile);
        Assert.Equal([Path.Combine(folder, "a.css"), "/etc/b.css"], hub.Pages.StyleSheets);
        Assert.Equal(("Physics", "f", "c"), (hub.Pages.Title, hub.Pages.Footer, hub.Pages.Contact));
        Assert.Equal("https://help.example/", hub.Pages.Links["Help"]);
        Assert.Equal(["Imprint", "Mail"], hub.Pages.FooterLinks.Keys);
        Assert.Equal(
            [("all", "all"), ("home", "h"), ("spawn", ""), ("login", "sign in")], ConfiguredAnnouncements.Of(hub).Select(given => (given.Page, given.Message)));
    }

    [Fact]
    public void The_original_writes_page_names_with_underscores()
    {
        using var setup = new HostSetup();
        setup.AddSection(""" "TemplateVars": { "announcement": "a", "announcement_spawn_pending": "b", "announcement_logout": "c", "announcements": "no announcement" } """);
        Assert.Equal(["all", "spawn-pending", "logout"], ConfiguredAnnouncements.Of(setup.Read().Hub).Select(given => given.Page));
    }

    [Fact]
    public void Paths_set_in_code_are_relative_to_the_host()
    {
        using var setup = new HostSetup { Configure = hub => { hub.LogoFile = "logo.png"; hub.Pages.StyleSheets.Add("site.css"); } };
        var read = setup.Read().Hub;
        Assert.Equal(Path.Combine(setup.ContentRoot, "logo.png"), read.LogoFile);
        Assert.Equal([Path.Combine(setup.ContentRoot, "site.css")], read.Pages.StyleSheets);
    }

    [Theory]
    [InlineData(""" "LogoFile": "logo.exe" """, "JupyterHub:LogoFile must name a picture")]
    [InlineData(""" "LogoFile": "logo" """, "JupyterHub:LogoFile must name a picture")]
    [InlineData(""" "Pages": { "Title": " " } """, "JupyterHub:Pages:Title must be 1 to 100 characters on one line")]
    [InlineData(""" "Pages": { "Title": "a\nb" } """, "JupyterHub:Pages:Title must be")]
    [InlineData(""" "Pages": { "Titel": "x" } """, "JupyterHub:Pages:Titel is not a known setting; did you mean Title?")]
    [InlineData(""" "Pages": { "StyleSheets": ["a.css", "b.txt"] } """, "JupyterHub:Pages:StyleSheets:1 must name a file that ends in .css")]
    [InlineData(""" "Pages": { "StyleSheets": "a.css" } """, "JupyterHub:Pages:StyleSheets must be a list of texts")]
    [InlineData(""" "Pages": { "StyleSheets": ["\u0000.css"] } """, "JupyterHub:Pages:StyleSheets must be a path")]
    [InlineData(""" "Pages": { "StyleSheets": ["1.css","2.css","3.css","4.css","5.css","6.css","7.css","8.css","9.css"] } """, "JupyterHub:Pages:StyleSheets may name 8 files at most")]
    [InlineData(""" "Pages": { "Links": { "Help": "javascript:alert(1)" } } """, "JupyterHub:Pages:Links:Help must be a path")]
    [InlineData(""" "Pages": { "Links": { "Help": "//evil.example/" } } """, "JupyterHub:Pages:Links:Help must be a path")]
    [InlineData(""" "Pages": { "Links": { "Help": "/\\evil.example" } } """, "JupyterHub:Pages:Links:Help must be a path")]
    [InlineData(""" "Pages": { "FooterLinks": { "Help": "help.html" } } """, "JupyterHub:Pages:FooterLinks:Help must be a path")]
    [InlineData(""" "Pages": { "FooterLinks": { " ": "/x" } } """, "must have a name of 1 to 60 characters")]
    [InlineData(""" "Pages": { "Announcements": { "hom": "x" } } """, "JupyterHub:Pages:Announcements:hom names no page; pages are accept-share, admin,")]
    [InlineData(""" "TemplateVars": { "announcement_hom": "x" } """, "JupyterHub:TemplateVars:announcement_hom names no page")]
    [InlineData(""" "TemplateVars": { "announcement": ["x"] } """, "JupyterHub:TemplateVars:announcement must be")]
    [InlineData(""" "TemplateVars": { "announcement": "x" }, "Announcement": "y" """, "JupyterHub:TemplateVars:announcement says the same as JupyterHub:Announcement; give only one of them")]
    [InlineData(""" "TemplateVars": { "announcement_home": "x" }, "Pages": { "Announcements": { "home": "x" } } """, "JupyterHub:TemplateVars:announcement_home says the same as JupyterHub:Pages:Announcements:home")]
    public void Slips_stop_the_start_and_are_named(string section, string complaint)
    {
        using var setup = new HostSetup();
        setup.AddSection(section);
        var problem = Assert.Throws<HubStartupException>(setup.Read);
        Assert.Contains(complaint, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_are_bounded()
    {
        foreach (var setting in new[] { "Announcement", "Pages:Footer", "Pages:Contact", "Pages:Announcements:login", "TemplateVars:announcement_login" })
        {
            using var setup = new HostSetup();
            setup.AddKeys((setting, new string('x', 2001)));
            var problem = Assert.Throws<HubStartupException>(setup.Read);
            Assert.Contains($"JupyterHub:{setting} may have 2000 characters at most", problem.Message, StringComparison.Ordinal);
        }
    }
}
