using System.Text.Json;
using Kinopress.Core.Features.Lives;
using Kinopress.Core.Foundation;

namespace Kinopress.Server.Ingest;

/// <summary>The first thing a page says.</summary>
internal sealed record BrowserHello(string Ticket, BroadcastFormat Format)
{
    /// <returns>Null for what is malformed, or names an unknown format.</returns>
    public static BrowserHello? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            using var document = JsonDocument.ParseValue(ref reader);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object && TextOf(root, "ticket") is { } ticket && BroadcastFormats.Find(TextOf(root, "format")) is { } format
                ? new BrowserHello(ticket, format)
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException) // the latter for half a surrogate pair
        {
            return null;
        }
    }

    private static string? TextOf(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>The last thing a page is told.</summary>
/// <param name="Code">Of the failure; null where it is none.</param>
internal sealed record BrowserFarewell(string Reason, string? Code, string Message)
{
    public static BrowserFarewell Ended { get; } = new("ended", Code: null, "The live is over.");

    public static BrowserFarewell TakenOver { get; } = new("takenOver", Code: null, "Another encoder sends this live now.");

    public static BrowserFarewell Refused(string message) => new("refused", Code: null, message);

    public static BrowserFarewell Refused(Failure failure) => new("refused", failure.Code, failure.Message);

    /// <summary>Come again: the live waits.</summary>
    public static BrowserFarewell Interrupted(Failure failure) => new("interrupted", failure.Code, failure.Message);
}
