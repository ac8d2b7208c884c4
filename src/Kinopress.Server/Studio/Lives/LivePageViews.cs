using Kinopress.Core.Features.Lives;

namespace Kinopress.Server.Studio.Lives;

/// <summary>The list of lives.</summary>
/// <param name="NextUrl">The following page; null on the last.</param>
/// <param name="CurrentUrl">Where forms lead back to.</param>
public sealed record LivesPageView(StudioFrame Frame, bool IsTrash, int All, int Trash, IReadOnlyList<LiveRow> Rows, string? NextUrl, string CurrentUrl);

/// <summary>One live of the list.</summary>
/// <param name="ReplayUrl">The newest video it left; null when there is none.</param>
/// <param name="ThumbnailUrl">What is on air now; null when it is not, or has no picture yet.</param>
public sealed record LiveRow(
    string PublicId, string Title, LiveState State, string Visibility, int Viewers, DateTimeOffset? ScheduledAt, DateTimeOffset? StartedAt, DateTimeOffset CreatedAt, string WatchUrl, string? ReplayUrl, string? ThumbnailUrl);

/// <summary>The form of a new live.</summary>
/// <param name="Errors">Field name to what is wrong; the empty key for what belongs to no field.</param>
public sealed record NewLivePageView(StudioFrame Frame, LiveForm Form, IReadOnlyDictionary<string, string> Errors);

/// <summary>The control room of one live.</summary>
/// <param name="ServerAddress">What an encoder sends to; null where this site takes none in.</param>
/// <param name="StreamKey">Only right after it was made; null otherwise.</param>
/// <param name="PreviewSource">Of the player; null while it is not on air.</param>
/// <param name="WatchUrl">Absolute; so is <paramref name="OverlayUrl"/>, for broadcasting software.</param>
/// <param name="HasChat">As it is kept, whatever the form holds.</param>
/// <param name="Markers">Of the session on air, the newest first.</param>
/// <param name="Sessions">The latest times on air that are over, newest first.</param>
/// <param name="Errors">Field name to what is wrong; the empty key for what belongs to no field.</param>
/// <param name="MarkerError">What is wrong with a marker; null when nothing is.</param>
public sealed record LivePageView(
    StudioFrame Frame,
    string PublicId,
    string Title,
    LiveState State,
    DateTimeOffset? ScheduledAt,
    DateTimeOffset? StartedAt,
    int Viewers,
    LiveHealth? Health,
    string? ServerAddress,
    string? StreamKey,
    string? PreviewSource,
    string WatchUrl,
    bool HasChat,
    string ChatUrl,
    string OverlayUrl,
    IReadOnlyList<LiveMarkerRow> Markers,
    IReadOnlyList<LiveSessionRow> Sessions,
    LiveForm Form,
    IReadOnlyDictionary<string, string> Errors,
    string? MarkerError)
{
    public bool IsOnAir => State is LiveState.Live or LiveState.Interrupted;
}

/// <summary>A marked moment.</summary>
public sealed record LiveMarkerRow(TimeSpan Offset, string Title);

/// <summary>A time on air that is over.</summary>
/// <param name="ReplayPublicId">The video it left; null when it left none, or not yet.</param>
public sealed record LiveSessionRow(int Number, DateTimeOffset StartedAt, TimeSpan Length, string Ending, int PeakViewers, string? ReplayPublicId);

/// <summary>What the creator chooses, as it stands or as it was posted.</summary>
/// <param name="Moment">The planned moment as a field of a form spells it, <c>2030-05-31T20:00</c>; empty when nothing is planned.</param>
/// <param name="Tags">Separated by commas.</param>
/// <param name="DvrWindow">In seconds.</param>
public sealed record LiveForm(
    string Title,
    bool IsPlanned,
    string Moment,
    string Visibility,
    bool Records,
    string DvrWindow,
    string Description,
    string Tags,
    bool AllowsClips,
    bool HasChat,
    bool HasLadder,
    IReadOnlyList<Choice> Visibilities,
    IReadOnlyList<Choice> DvrWindows);
