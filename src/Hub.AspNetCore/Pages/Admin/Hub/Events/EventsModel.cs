using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.Core.Events;
using Microsoft.AspNetCore.Mvc;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub.Events;

/// <summary>The newest events that the reader may know of; a script adds what comes.</summary>
internal sealed class EventsModel(HubEvents events, EventWords words) : AdminPageModel
{
    private const int Shown = 100;

    public IReadOnlyList<HubEvent> Items { get; private set; } = [];

    /// <summary>Where the script goes on.</summary>
    public string Stream { get; private set; } = "";

    public IReadOnlyList<(string Value, string Text)> Kinds => words.Kinds;

    public Sentence Words(HubEvent happened) => words.Of(happened);

    protected override Task<IActionResult> ShowAsync()
    {
        var all = events.After(0);
        var last = all.Count > 0 ? all[^1].Id : 0;
        Items = [.. all.Reverse().Where(happened => EventAccess.MayRead(Hub.Known, happened)).Take(Shown)];
        Stream = $"{AddressOf("events")}/stream?after={EventPlace.Of(events, last)}";
        return Task.FromResult<IActionResult>(Page());
    }
}
