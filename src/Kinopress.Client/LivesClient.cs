using System.Globalization;

namespace Kinopress.Client;

/// <summary>Lives: plans, stream keys, times on air and what they left.</summary>
public sealed class LivesClient
{
    private readonly ApiConnection _connection;

    internal LivesClient(ApiConnection connection) => _connection = connection;

    /// <exception cref="KinopressApiException"><c>account.sign_in_required</c> and <c>live.status_unknown</c> for the caller's own.</exception>
    public Task<LivePage> ListAsync(LiveQuery? query = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync("lives" + Text(query ?? new LiveQuery()), ApiJson.Default.LivePage, cancellationToken);

    /// <returns>The live with its stream key, which is not shown again.</returns>
    /// <exception cref="KinopressApiException"><c>live.invalid</c>, <c>live.not_allowed</c>, <c>live.no_channel</c>.</exception>
    public Task<Live> CreateAsync(LiveEdit live, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(HttpMethod.Post, "lives", live, ApiJson.Default.LiveEdit, ApiJson.Default.Live, cancellationToken);

    /// <exception cref="KinopressApiException"><c>live.not_found</c>; <c>account.sign_in_required</c> when signing in would show it.</exception>
    public Task<Live> GetAsync(string publicId, CancellationToken cancellationToken = default) =>
        _connection.GetAsync(PathOf(publicId), ApiJson.Default.Live, cancellationToken);

    /// <summary>Answers as soon as a live's state is another, at the latest after 25 seconds.</summary>
    /// <param name="changedFrom">The state it is known to be in: <c>waiting</c>.</param>
    /// <exception cref="KinopressApiException"><c>live.not_found</c>; <c>account.sign_in_required</c> when signing in would show it.</exception>
    public Task<Live> WaitAsync(string publicId, string changedFrom, CancellationToken cancellationToken = default) =>
        _connection.GetAsync(PathOf(publicId) + "?changedFrom=" + Uri.EscapeDataString(changedFrom), ApiJson.Default.Live, cancellationToken);

    /// <param name="ifMatch">The <see cref="Live.ETag"/> the change was made from; null to change whatever is there.</param>
    /// <exception cref="KinopressApiException"><c>live.not_found</c>, <c>live.invalid</c>, <c>live.edited_elsewhere</c>.</exception>
    public Task<Live> EditAsync(string publicId, LiveEdit edit, string? ifMatch = null, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(HttpMethod.Patch, PathOf(publicId), edit, ApiJson.Default.LiveEdit, ApiJson.Default.Live, cancellationToken, ifMatch);

    /// <summary>Moves it to the trash.</summary>
    /// <exception cref="KinopressApiException"><c>live.not_found</c>, <c>live.on_air</c>.</exception>
    public Task DeleteAsync(string publicId, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(HttpMethod.Delete, PathOf(publicId), body: null, cancellationToken);

    /// <summary>Takes it back from the trash.</summary>
    public Task<Live> RestoreAsync(string publicId, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(HttpMethod.Put, PathOf(publicId) + "/restoration", ApiJson.Default.Live, cancellationToken);

    /// <returns>The new key, which is not shown again.</returns>
    public Task<LiveIngest> RotateStreamKeyAsync(string publicId, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(HttpMethod.Post, PathOf(publicId) + "/stream-key", ApiJson.Default.LiveIngest, cancellationToken);

    /// <summary>Takes it off the air.</summary>
    /// <exception cref="KinopressApiException"><c>live.not_found</c>, <c>live.not_live</c>.</exception>
    public Task<Live> EndAsync(string publicId, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(HttpMethod.Delete, PathOf(publicId) + "/broadcast", ApiJson.Default.Live, cancellationToken);

    /// <param name="offsetMs">Milliseconds since the session started; null means now.</param>
    /// <exception cref="KinopressApiException"><c>live.not_found</c>, <c>live.not_live</c>, <c>live.invalid</c>, <c>live.too_many_markers</c>.</exception>
    public Task<LiveMarker> AddMarkerAsync(string publicId, string title, long? offsetMs = null, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(HttpMethod.Post, PathOf(publicId) + "/markers", new NewLiveMarker(title, offsetMs), ApiJson.Default.NewLiveMarker, ApiJson.Default.LiveMarker, cancellationToken);

    /// <summary>The times it was on air, newest first.</summary>
    public Task<LiveSessionPage> ListSessionsAsync(string publicId, int? limit = null, string? cursor = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync(
            PathOf(publicId) + "/sessions" + Text(new LiveQuery { Limit = limit, Cursor = cursor }), ApiJson.Default.LiveSessionPage, cancellationToken);

    private static string PathOf(string publicId) => $"lives/{Uri.EscapeDataString(publicId)}";

    private static string Text(LiveQuery query)
    {
        (string Name, string? Value)[] parts =
        [
            ("limit", query.Limit?.ToString(CultureInfo.InvariantCulture)),
            ("cursor", query.Cursor),
            ("channel", query.Channel),
            ("mine", query.Mine ? "true" : null),
            ("status", query.Status),
        ];
        var given = parts.Where(part => part.Value is not null).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value ?? "")}").ToList();
        return given.Count == 0 ? "" : "?" + string.Join('&', given);
    }
}
