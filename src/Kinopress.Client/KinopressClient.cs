namespace Kinopress.Client;

/// <summary>
/// A site's public REST API. Refusals are <see cref="KinopressApiException"/>; a broken connection is an
/// <see cref="HttpRequestException"/>. Thread-safe; owns nothing, so disposing the <see cref="HttpClient"/> is the caller's.
/// </summary>
public sealed class KinopressClient
{
    /// <param name="http">Its <see cref="HttpClient.BaseAddress"/> is the site's root.</param>
    /// <param name="accessToken">A personal access token; null to call as a stranger, or as whoever the client's cookies say.</param>
    public KinopressClient(HttpClient http, string? accessToken = null)
    {
        var connection = new ApiConnection(http, accessToken);
        Site = new SiteClient(connection);
        Account = new AccountClient(connection);
        Channels = new ChannelsClient(connection);
        Videos = new VideosClient(connection);
        Lives = new LivesClient(connection);
        Chat = new ChatClient(connection);
        Destinations = new DestinationsClient(connection);
        Jobs = new JobsClient(connection);
        Uploads = new UploadsClient(connection);
    }

    public SiteClient Site { get; }

    public AccountClient Account { get; }

    public ChannelsClient Channels { get; }

    public VideosClient Videos { get; }

    public LivesClient Lives { get; }

    public ChatClient Chat { get; }

    public DestinationsClient Destinations { get; }

    public JobsClient Jobs { get; }

    public UploadsClient Uploads { get; }
}
