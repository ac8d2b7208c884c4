using Kinopress.Server.RealTests.Support;
using Kinopress.Testing;

namespace Kinopress.Server.RealTests;

/// <summary>A site without ffmpeg takes films and waits.</summary>
public sealed class MissingProgramTests
{
    private static readonly Dictionary<string, string> WithoutFfmpeg = new(StringComparer.Ordinal)
    {
        ["KINOPRESS__Ffmpeg"] = "no-such-ffmpeg",
        ["KINOPRESS__Ffprobe"] = "no-such-ffprobe",
    };

    [Fact]
    public async Task Without_ffmpeg_a_film_waits_and_completes_once_it_is_there()
    {
        Tools.NeedFfmpeg();
        await using var site = await FilmSite.StartAsync(WithoutFfmpeg);

        var id = await site.UploadAsync(await SampleFilms.ShortAsync());
        await FilmSite.EventuallyAsync(() => site.HasProblemAsync(id, "media.ffmpeg_missing"), "the job waits for ffmpeg", seconds: 30);
        var job = Assert.Single(await site.JobsAsync(id));
        await site.StartAgainAsync(environment: null);

        Assert.Equal("queued", job.GetProperty("state").GetString());
        await site.UntilAsync(id, "ready");
        Assert.NotEmpty(await Playing.DecodeAllAsync(site, id));
    }

    [Fact]
    public async Task With_ffprobe_alone_a_film_waits_too()
    {
        Tools.NeedFfmpeg();
        await using var site = await FilmSite.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["KINOPRESS__Ffmpeg"] = "no-such-ffmpeg" });

        var id = await site.UploadAsync(await SampleFilms.ShortAsync());
        await FilmSite.EventuallyAsync(() => site.HasProblemAsync(id, "media.ffmpeg_missing"), "the jobs wait for ffmpeg", seconds: 30);
        var state = await site.StateAsync(id);
        await site.StartAgainAsync(environment: null);

        Assert.NotEqual("failed", state);
        await site.UntilAsync(id, "ready");
    }
}
