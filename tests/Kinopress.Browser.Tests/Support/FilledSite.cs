using Kinopress.Client;
using Kinopress.Testing;

namespace Kinopress.Browser.Tests.Support;

/// <summary>A site with something of everything, for journeys that only look. Journeys that change things start their own.</summary>
public sealed class FilledSite : IAsyncLifetime
{
    private RunningSite? _site;

    public Uri Address => Site.Address;

    /// <summary>Cookies of its owner.</summary>
    public string OwnerSession { get; private set; } = "";

    /// <summary>Public, in every quality.</summary>
    public string PublicVideo { get; private set; } = "";

    /// <summary>Published for its owner alone.</summary>
    public string PrivateVideo { get; private set; } = "";

    /// <summary>Not a film at all.</summary>
    public string FailedVideo { get; private set; } = "";

    /// <summary>A live for next week.</summary>
    public string PlannedLive { get; private set; } = "";

    private RunningSite Site => _site ?? throw new InvalidOperationException("The site has not started.");

    public async ValueTask InitializeAsync()
    {
        if (Screenshots.AreWanted)
        {
            return; // they fill a site of their own
        }

        _site = await RunningSite.StartAsync();
        var token = await _site.SetUpAsync();
        using var http = new HttpClient { BaseAddress = Address };
        var nextWeek = TimeProvider.System.GetUtcNow().AddDays(7).ToString("O");
        PlannedLive = (await new KinopressClient(http, token).Lives.CreateAsync(new LiveEdit { Title = "The river, live", ScheduledAt = nextWeek })).PublicId;
        using var videos = new VideoClient(Address, token);
        var film = await SampleFilms.ShortAsync();
        PublicVideo = await videos.UploadAsync(film, "A river at dawn");
        PrivateVideo = await videos.UploadAsync(film, "For the family");
        FailedVideo = await videos.UploadAsync(await NotAFilm.BrokenAsync(), "Not a film");
        await videos.EditAsync(PublicVideo, new { description = "Mist, a kingfisher and a rowing boat.\n\n0:00 Mist\n0:03 Boat\n\nhttps://example.org/river", tags = new[] { "river", "morning" } });
        await videos.EditAsync(PrivateVideo, new { visibility = "private" });
        await videos.PublishAsync(PublicVideo);
        await videos.PublishAsync(PrivateVideo);
        await videos.WaitAsync(PublicVideo, "ready");
        await videos.WaitAsync(PrivateVideo, "ready", "playable");
        await videos.WaitForFailureAsync(FailedVideo, _site.Data);
        OwnerSession = await Support.OwnerSession.BeginAsync(Address);
    }

    public async ValueTask DisposeAsync()
    {
        if (_site is not null)
        {
            await _site.DisposeAsync();
        }
    }
}
