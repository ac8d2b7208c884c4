using Kinopress.Core.Features.Destinations;
using Kinopress.Core.Foundation;
using Read = Kinopress.Core.Features.Destinations.DestinationView;

namespace Kinopress.Server.Studio.Destinations;

/// <summary>The page of a live's destinations.</summary>
/// <param name="Errors">By field; empty when nothing is wrong.</param>
public sealed record DestinationsView(
    StudioFrame Frame, string LivePublicId, string LiveTitle, DestinationForm Form, IReadOnlyDictionary<string, string> Errors);

/// <summary>The page of one destination.</summary>
/// <param name="Name">As it is kept, whatever the form holds.</param>
/// <param name="Errors">By field; empty when nothing is wrong.</param>
public sealed record DestinationView(
    StudioFrame Frame, string LivePublicId, Guid Id, string Name, bool IsOfChannel, DestinationForm Form, bool IsEnabled, IReadOnlyDictionary<string, string> Errors);

/// <summary>What was typed into the form of a destination. Its key is typed again.</summary>
public sealed record DestinationForm(string? Preset, string? Name, string? Url, bool EveryLive);

/// <summary>One destination in the panel.</summary>
/// <param name="StateWords">How sending goes, in plain words.</param>
/// <param name="Message">What is wrong; null when nothing is.</param>
public sealed record DestinationRow(
    Guid Id, string Name, string Url, bool IsOfChannel, bool IsEnabled, DestinationState State, string StateWords, string? Message);

/// <summary>Reads what the panel shows.</summary>
internal sealed class DestinationRows(DestinationQueries destinations, DestinationBoard board, Caller caller)
{
    public static IReadOnlyList<Choice> Presets { get; } =
    [
        new("youtube", "YouTube"), new("twitch", "Twitch"), new("kick", "Kick"), new("facebook", "Facebook"), new("custom", "Another server"),
    ];

    /// <summary>As the choices above spell it.</summary>
    public static string PresetOf(DestinationPreset preset) => preset.ToString().ToLowerInvariant();

    /// <summary>By field, under the empty key what belongs to none.</summary>
    public static IReadOnlyDictionary<string, string> ErrorsOf(Failure? failure) => failure is null
        ? new Dictionary<string, string>(StringComparer.Ordinal)
        : failure.Fields ?? new Dictionary<string, string>(StringComparer.Ordinal) { [""] = failure.Message };

    /// <summary>None for a live that is not the caller's.</summary>
    public async Task<IReadOnlyList<DestinationRow>> ListAsync(string livePublicId, CancellationToken cancellationToken) =>
        (await destinations.ListOfLiveAsync(livePublicId, caller, cancellationToken)).Match<IReadOnlyList<DestinationRow>>(views => [.. views.Select(RowOf)], _ => []);

    private DestinationRow RowOf(Read view)
    {
        var status = board.Of(view.Id);
        return new DestinationRow(
            view.Id.Value,
            view.Name,
            view.Url,
            view.LivePublicId is null,
            view.IsEnabled,
            status.State,
            Words(status, view.IsEnabled),
            status.Trouble is { } trouble ? DestinationTroubles.Describe(trouble) : null);
    }

    private static string Words(DestinationStatus status, bool isEnabled) => status.State switch
    {
        DestinationState.Connecting => "Connecting",
        DestinationState.Live => "Live",
        DestinationState.Retrying => "Trying again soon",
        DestinationState.Refused => "Refused",
        _ => isEnabled ? "Starts with the live" : "Switched off",
    };
}
