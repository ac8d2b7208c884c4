using Kinopress.Core.Features.Lives;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host;
using Kinopress.Server.Host.Media;
using Kinopress.Themes;

namespace Kinopress.Server.Site;

/// <summary>What themes see of the product's records.</summary>
internal sealed class Drops(MediaUrls urls, LiveStatusBoard board, IHttpContextAccessor accessor)
{
    private const int CardWidth = 640;
    private const int PosterWidth = 1280;

    public IReadOnlyList<Drop> Cards(IEnumerable<VideoView> videos) => [.. videos.Select(Card)];

    public Drop Card(VideoView video) => new(Fields(video));

    /// <param name="mayWatch">False leaves out every address of the video's media.</param>
    /// <param name="canEdit">True for those who manage it.</param>
    public Drop Watch(VideoView video, bool mayWatch, bool canEdit)
    {
        var fields = Fields(video);
        fields["tags"] = video.Tags;
        fields["category"] = video.Category;
        fields["language"] = video.Language;
        fields["licence"] = video.Licence;
        fields["visibility"] = VisibilityName.Of(video.Visibility);
        fields["state"] = video.State.ToString().ToLowerInvariant();
        fields["chapters"] = (video.Chapters ?? []).Select(chapter => new Drop { ["start_ms"] = chapter.StartInMilliseconds, ["title"] = chapter.Title }).ToList();
        fields["share_url"] = Absolute(MediaUrls.Watch(video.PublicId));
        fields["embed_url"] = Absolute(MediaUrls.Embed(video.PublicId));
        fields["embed_code"] = EmbedCode.For(video, Absolute(MediaUrls.Embed(video.PublicId)));
        fields["can_edit"] = canEdit;
        fields["edit_url"] = $"/studio/videos/{video.PublicId}";
        fields["download_url"] = null;
        fields["player"] = new Drop
        {
            ["src"] = mayWatch ? urls.Hls(video) : null,
            ["poster_url"] = mayWatch ? urls.Thumbnail(video, PosterWidth) : null,
            ["storyboard_vtt_url"] = mayWatch ? urls.Storyboard(video) : null,
            ["chapters_vtt_url"] = mayWatch ? urls.Chapters(video) : null,
            ["title"] = video.Title,
            ["duration_ms"] = video.DurationInMilliseconds,
            ["aspect_ratio"] = video.AspectRatio,
            ["is_growing"] = video.State == VideoState.Playable,
        };
        return new Drop(fields);
    }

    public IReadOnlyList<Drop> LiveCards(IEnumerable<LiveView> lives) => [.. lives.Select(live => new Drop(Fields(live)))];

    /// <param name="canEdit">True for those who manage it.</param>
    public Drop Watch(LiveView live, bool canEdit)
    {
        var fields = Fields(live);
        fields["tags"] = live.Tags;
        fields["category"] = null;
        fields["language"] = null;
        fields["licence"] = null;
        fields["visibility"] = VisibilityName.Of(live.Visibility);
        fields["state"] = live.State.ToString().ToLowerInvariant();
        fields["share_url"] = Absolute(MediaUrls.Watch(live.PublicId));
        fields["embed_url"] = Absolute(MediaUrls.Embed(live.PublicId));
        fields["can_edit"] = canEdit;
        fields["edit_url"] = $"/studio/lives/{live.PublicId}";
        fields["download_url"] = null;
        fields["player"] = new Drop
        {
            ["src"] = live.IsOnAir ? urls.Hls(live) : null,
            ["poster_url"] = urls.Thumbnail(live),
            ["storyboard_vtt_url"] = null,
            ["chapters_vtt_url"] = null,
            ["title"] = live.Title,
            ["duration_ms"] = null,
            ["is_growing"] = false,
            ["is_live"] = live.IsOnAir,
            ["awaits_live"] = !live.IsOnAir,
            ["state_url"] = $"/rest/v1/lives/{live.PublicId}",
            ["dvr_seconds"] = live.DvrWindowInSeconds,
        };
        return new Drop(fields);
    }

    /// <param name="replayUrl">Null when there is none for this visitor.</param>
    public static Drop Broadcast(LiveView live, string? replayUrl) => new()
    {
        ["state"] = live.State.ToString().ToLowerInvariant(),
        ["is_on_air"] = live.IsOnAir,
        ["scheduled_at"] = live.ScheduledAt,
        ["started_at"] = live.StartedAt,
        ["replay_url"] = replayUrl,
        ["allows_clips"] = live.AllowsClips,
        ["calendar_url"] = $"{MediaUrls.Watch(live.PublicId)}/calendar.ics",
    };

    public static Drop Channel(VideoChannelView channel) => new()
    {
        ["name"] = channel.Name,
        ["handle"] = channel.Handle,
        ["url"] = MediaUrls.Channel(channel.Handle),
        ["avatar_url"] = null,
        ["initials"] = Initials.Of(channel.Name),
    };

    private Dictionary<string, object?> Fields(VideoView video) => new(StringComparer.Ordinal)
    {
        ["public_id"] = video.PublicId,
        ["title"] = video.Title,
        ["description"] = video.Description,
        ["url"] = MediaUrls.Watch(video.PublicId),
        ["duration_ms"] = video.DurationInMilliseconds,
        ["thumbnail_url"] = urls.Thumbnail(video, CardWidth),
        ["thumbnail_srcset"] = urls.ThumbnailSet(video),
        ["is_portrait"] = video.IsPortrait,
        ["storyboard"] = video.IsPlayable ? urls.Storyboard(video) : null,
        ["published_at"] = video.PublishedAt ?? video.CreatedAt,
        ["scheduled_at"] = null,
        ["views"] = null,
        ["viewers"] = null,
        ["channel"] = Channel(video.Channel),
        ["badge"] = video.Visibility == Visibility.Public ? null : VisibilityName.Of(video.Visibility),
        ["is_playable"] = video.IsPlayable,
        ["progress"] = video.Progress,
    };

    private Dictionary<string, object?> Fields(LiveView live) => new(StringComparer.Ordinal)
    {
        ["public_id"] = live.PublicId,
        ["title"] = live.Title,
        ["description"] = live.Description,
        ["url"] = MediaUrls.Watch(live.PublicId),
        ["duration_ms"] = null,
        ["thumbnail_url"] = urls.Thumbnail(live),
        ["thumbnail_srcset"] = null,
        ["storyboard"] = null,
        ["published_at"] = live.State == LiveState.Waiting ? live.ScheduledAt : live.StartedAt,
        ["scheduled_at"] = live.State == LiveState.Waiting ? live.ScheduledAt : null,
        ["views"] = null,
        ["viewers"] = live.IsOnAir ? board.Of(live.PublicId).Viewers : null,
        ["channel"] = Channel(live.Channel),
        ["badge"] = live switch
        {
            { IsOnAir: true, Visibility: Visibility.Public } => "live",
            { Visibility: Visibility.Public } => null,
            _ => VisibilityName.Of(live.Visibility),
        },
        ["is_playable"] = true,
        ["progress"] = 1.0,
    };

    private string Absolute(string path) => accessor.HttpContext is { } context ? PageRenderer.Absolute(context, path) : path;
}
