using Kinopress.Core.Features.Lives;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host.Media;

namespace Kinopress.Server.Studio.Lives;

/// <summary>Makes the view records of Studio's pages about lives.</summary>
internal sealed class LiveViews(
    StudioFrames frames, MediaUrls urls, IngestAddress ingest, LiveStatusBoard board, LiveSessionQueries sessions, IHttpContextAccessor accessor)
{
    private const int ShownSessions = 6;

    private static readonly IReadOnlyDictionary<string, string> NoErrors = new Dictionary<string, string>(StringComparer.Ordinal);

    public async Task<LivesPageView> ListAsync(bool isTrash, Page<LiveView> page, ManagedLiveCounts counts, Caller caller, CancellationToken cancellationToken)
    {
        var current = isTrash ? "/studio/lives?tab=trash" : "/studio/lives";
        return new LivesPageView(
            await frames.CreateAsync(StudioArea.Lives, caller, cancellationToken),
            isTrash,
            counts.All,
            counts.Trash,
            [.. page.Items.Select(Row)],
            page.Next is null ? null : $"{current}{(isTrash ? '&' : '?')}cursor={page.Next}",
            current);
    }

    /// <param name="form">What was posted and refused; null for a fresh one.</param>
    public async Task<NewLivePageView> NewAsync(LiveFormFields? form, Failure? failure, Caller caller, CancellationToken cancellationToken) => new(
        await frames.CreateAsync(StudioArea.Lives, caller, cancellationToken),
        form?.ToForm() ?? LiveFormFields.Of(LiveDetails.Blank),
        ErrorsOf(failure));

    public async Task<LivePageView> PageAsync(LiveView live, LivePageState state, Caller caller, CancellationToken cancellationToken)
    {
        var page = (await sessions.ListAsync(live.PublicId, new PageRequest(ShownSessions, Cursor: null), caller, cancellationToken)).Match(found => found.Items, _ => []);
        var status = board.Of(live.PublicId);
        return new LivePageView(
            await frames.CreateAsync(StudioArea.Lives, caller, cancellationToken),
            live.PublicId,
            live.Title,
            live.State,
            live.ScheduledAt,
            live.StartedAt,
            status.Viewers,
            status.Health,
            ingest.Find(),
            state.StreamKey,
            live.IsOnAir ? urls.Hls(live) : null,
            Absolute(MediaUrls.Watch(live.PublicId)),
            live.HasChat,
            $"/chat/{live.PublicId}",
            Absolute($"/chat/{live.PublicId}/overlay?fade=30"),
            live.IsOnAir && page is [{ EndedAt: null } now, ..] ? [.. now.Markers.Reverse().Select(marker => new LiveMarkerRow(TimeSpan.FromMilliseconds(marker.OffsetInMilliseconds), marker.Title))] : [],
            [.. page.Where(session => session.EndedAt is not null).Select(Row)],
            state.Form?.ToForm() ?? LiveFormFields.Of(DetailsOf(live)),
            ErrorsOf(state.Failure),
            state.MarkerFailure is { } failure ? failure.Fields?.Values.FirstOrDefault() ?? failure.Message : null);
    }

    private LiveRow Row(LiveView live) => new(
        live.PublicId,
        live.Title,
        live.State,
        VisibilityName.Of(live.Visibility),
        board.Of(live.PublicId).Viewers,
        live.ScheduledAt,
        live.StartedAt,
        live.CreatedAt,
        MediaUrls.Watch(live.PublicId),
        live.Replay is { } replay ? $"/studio/videos/{replay.PublicId}" : null,
        urls.Thumbnail(live));

    private static LiveSessionRow Row(LiveSessionView session) => new(
        session.Number,
        session.StartedAt,
        (session.EndedAt ?? session.StartedAt) - session.StartedAt,
        session.EndReason switch
        {
            LiveEndReason.Creator => "ended here",
            LiveEndReason.EncoderStopped => "stopped in the encoder",
            LiveEndReason.EncoderLost => "the encoder was gone",
            LiveEndReason.SiteStopped or LiveEndReason.SiteCrashed => "the site was stopped",
            _ => "",
        },
        session.PeakViewers,
        session.ReplayPublicId);

    private static LiveDetails DetailsOf(LiveView live) => new(
        live.Title, live.Description, live.Tags, live.Visibility, live.ScheduledAt, live.DvrWindowInSeconds, live.Records, live.AllowsClips, live.HasChat, live.HasLadder);

    // The fields of a form have names of their own where the API's would mislead.
    private static IReadOnlyDictionary<string, string> ErrorsOf(Failure? failure) => failure switch
    {
        null => NoErrors,
        { Fields: { } fields } => fields.ToDictionary(field => field.Key == "dvrWindowSeconds" ? "dvrWindow" : field.Key, field => field.Value, StringComparer.Ordinal),
        _ => new Dictionary<string, string>(StringComparer.Ordinal) { [""] = failure.Message },
    };

    private string Absolute(string path) => accessor.HttpContext is { Request: var request } ? $"{request.Scheme}://{request.Host}{path}" : path;
}

/// <summary>What the last form left to show.</summary>
internal sealed record LivePageState
{
    public string? StreamKey { get; init; }

    public LiveFormFields? Form { get; init; }

    public Failure? Failure { get; init; }

    public Failure? MarkerFailure { get; init; }
}
