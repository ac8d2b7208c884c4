using System.Globalization;
using System.Runtime.CompilerServices;

namespace Kinopress.Client;

/// <summary>Videos: lists, words, audience and life.</summary>
public sealed class VideosClient
{
    private readonly ApiConnection _connection;

    internal VideosClient(ApiConnection connection) => _connection = connection;

    /// <exception cref="KinopressApiException"><c>video.sort_unknown</c>; <c>account.sign_in_required</c> for the caller's own.</exception>
    public Task<VideoPage> ListAsync(VideoQuery? query = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync("videos" + Text(query ?? new VideoQuery()), ApiJson.Default.VideoPage, cancellationToken);

    /// <summary>Every video of a list, page by page as they are wanted.</summary>
    public async IAsyncEnumerable<Video> ListAllAsync(VideoQuery? query = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var next = query ?? new VideoQuery();
        while (true)
        {
            var page = await ListAsync(next, cancellationToken);
            foreach (var video in page.Items)
            {
                yield return video;
            }

            if (page.Next is null)
            {
                yield break;
            }

            next = next with { Cursor = page.Next };
        }
    }

    /// <exception cref="KinopressApiException"><c>video.not_found</c>; <c>account.sign_in_required</c> when signing in would show it.</exception>
    public Task<Video> GetAsync(string publicId, CancellationToken cancellationToken = default) =>
        _connection.GetAsync(PathOf(publicId), ApiJson.Default.Video, cancellationToken);

    /// <param name="ifMatch">The <see cref="Video.ETag"/> the change was made from; null to change whatever is there.</param>
    /// <exception cref="KinopressApiException"><c>video.not_found</c>, <c>video.invalid</c>, <c>video.edited_elsewhere</c>.</exception>
    public Task<Video> EditAsync(string publicId, VideoEdit edit, string? ifMatch = null, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(HttpMethod.Patch, PathOf(publicId), edit, ApiJson.Default.VideoEdit, ApiJson.Default.Video, cancellationToken, ifMatch);

    /// <summary>Moves it to the trash.</summary>
    public Task DeleteAsync(string publicId, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(HttpMethod.Delete, PathOf(publicId), body: null, cancellationToken);

    /// <summary>Takes it back from the trash.</summary>
    public Task<Video> RestoreAsync(string publicId, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(HttpMethod.Put, PathOf(publicId) + "/restoration", ApiJson.Default.Video, cancellationToken);

    /// <summary>Deletes what is in the trash for good.</summary>
    public Task PurgeAsync(string publicId, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(HttpMethod.Delete, PathOf(publicId) + "/restoration", body: null, cancellationToken);

    /// <param name="at">First public moment; null means now, a future one schedules it.</param>
    /// <param name="whenReady">When it does not play yet, wait for that instead of refusing.</param>
    /// <exception cref="KinopressApiException"><c>video.not_found</c>, <c>video.not_playable</c>.</exception>
    public Task<Video> PublishAsync(string publicId, DateTimeOffset? at = null, bool whenReady = false, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(
            HttpMethod.Put, PathOf(publicId) + "/publication", new Publication(at, whenReady), ApiJson.Default.Publication, ApiJson.Default.Video, cancellationToken);

    /// <summary>Makes it a draft again.</summary>
    public Task<Video> UnpublishAsync(string publicId, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(HttpMethod.Delete, PathOf(publicId) + "/publication", ApiJson.Default.Video, cancellationToken);

    /// <summary>Shows only a part; nothing is thrown away. Cuts fall where segments meet, and lose nothing of the part.</summary>
    /// <param name="startMs">Milliseconds of the whole; null from its start.</param>
    /// <param name="endMs">Milliseconds of the whole; null to its end.</param>
    /// <exception cref="KinopressApiException"><c>video.not_found</c>, <c>video.invalid</c>, <c>video.not_trimmable</c>.</exception>
    public Task<Video> TrimAsync(string publicId, long? startMs, long? endMs, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(HttpMethod.Put, PathOf(publicId) + "/trim", new Trim(startMs, endMs), ApiJson.Default.Trim, ApiJson.Default.Video, cancellationToken);

    /// <summary>Shows the whole again.</summary>
    public Task<Video> UntrimAsync(string publicId, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(HttpMethod.Delete, PathOf(publicId) + "/trim", ApiJson.Default.Video, cancellationToken);

    /// <summary>The chapters of a video the caller manages, in order, in the time of the whole film, whatever is trimmed.</summary>
    public Task<IReadOnlyList<VideoChapter>> GetChaptersAsync(string publicId, CancellationToken cancellationToken = default) =>
        _connection.GetAsync(PathOf(publicId) + "/chapters", ApiJson.Default.IReadOnlyListVideoChapter, cancellationToken);

    /// <summary>Puts other chapters in place of a video's.</summary>
    /// <param name="chapters">All of them, in order, in the time of the whole film; none removes them.</param>
    /// <param name="ifMatch">The <see cref="Video.ETag"/> the change was made from; null to change whatever is there.</param>
    /// <exception cref="KinopressApiException">
    /// <c>video.not_found</c>, <c>video.edited_elsewhere</c>, <c>video.length_unknown</c>, <c>video.chapters_too_many</c>,
    /// <c>video.chapter_time_invalid</c>, <c>video.chapters_unordered</c>, <c>video.chapter_beyond_end</c>,
    /// <c>video.chapter_untitled</c>, <c>video.chapter_title_too_long</c>.
    /// </exception>
    public Task<Video> EditChaptersAsync(string publicId, IReadOnlyList<VideoChapter> chapters, string? ifMatch = null, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(
            HttpMethod.Put, PathOf(publicId) + "/chapters", chapters, ApiJson.Default.IReadOnlyListVideoChapter, ApiJson.Default.Video, cancellationToken, ifMatch);

    private static string PathOf(string publicId) => $"videos/{Uri.EscapeDataString(publicId)}";

    private static string Text(VideoQuery query)
    {
        (string Name, string? Value)[] parts =
        [
            ("limit", query.Limit?.ToString(CultureInfo.InvariantCulture)),
            ("cursor", query.Cursor),
            ("sort", query.Sort),
            ("channel", query.Channel),
            ("mine", query.Mine ? "true" : null),
            ("status", query.Status),
            ("search", query.Search),
        ];
        var given = parts.Where(part => part.Value is not null).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value ?? "")}").ToList();
        return given.Count == 0 ? "" : "?" + string.Join('&', given);
    }
}
