using System.Text.Json.Nodes;
using JupyterHub.Core.Events;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub.Events;

/// <summary>Writes an event for the page's script, on one line: the sentence in pieces, so that no name is ever taken for markup.</summary>
internal sealed class EventJson(EventWords words)
{
    public string Of(HubEvent happened) => new JsonObject
    {
        ["at"] = HubPageModel.MachineTime(happened.At),
        ["kind"] = EventWords.KindOf(happened),
        ["mark"] = EventWords.MarkOf(happened),
        ["parts"] = new JsonArray([.. words.Of(happened).Parts().Select(part => (JsonNode)new JsonArray(part.Text, part.IsValue))]),
    }.ToJsonString();
}
