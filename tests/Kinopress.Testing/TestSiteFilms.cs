using Kinopress.Core.Data;
using Kinopress.Core.Features.Renditions;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Kinopress.Core.Jobs;
using Kinopress.Media;
using Kinopress.Media.Fmp4;
using Kinopress.Media.Planning;
using Kinopress.Media.Probing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Kinopress.Testing;

/// <summary>A video that is simply there, without the hours of work it takes to make one.</summary>
public sealed record TestFilm
{
    public string Title { get; init; } = "A film";

    /// <summary>Whose channel it is in.</summary>
    public string Of { get; init; } = "creator";

    public Visibility Visibility { get; init; } = Visibility.Public;

    /// <summary>False for one whose work has not begun.</summary>
    public bool IsPlayable { get; init; } = true;

    /// <summary>Null for a draft.</summary>
    public DateTimeOffset? PublishedAt { get; init; } = TimeProvider.System.GetUtcNow().AddHours(-1);

    public DateTimeOffset CreatedAt { get; init; } = TimeProvider.System.GetUtcNow().AddHours(-2);
}

/// <summary>Puts films into a test site, and looks at what it wrote down.</summary>
public static class TestSiteFilms
{
    /// <summary>What a test film's only segment holds.</summary>
    public static byte[] SegmentBytes { get; } = [.. Enumerable.Range(0, 90).Select(number => (byte)number)];

    /// <returns>The public id.</returns>
    public static Task<string> AddFilmAsync(this TestSite site, TestFilm? film = null) => site.UseAsync(async (KinopressDbContext db) =>
    {
        film ??= new TestFilm();
        var clock = new FakeTimeProvider(film.CreatedAt);
        var email = TestPeople.EmailOf(film.Of);
        var owner = await db.Users.SingleAsync(user => user.Email == email);
        var channel = await db.Channels.SingleAsync(candidate => candidate.OwnerId == owner.Id);
        var video = Video.FromUpload(new NewVideo(film.Title, film.Visibility, PublishWhenReady: false), channel.Id, RandomUuid.New(), clock);
        db.Videos.Add(video);
        db.VideoCounters.Add(new VideoCounter { VideoId = video.Id });
        var probed = FfprobeOutput.Parse(FakeProcesses.Film(), ProbeLimits.Default).Media;
        var original = Original.Create(video, "film.mp4", 1000, new byte[32], probed);
        db.Originals.Add(original);
        if (film.IsPlayable)
        {
            video.StartProcessing(TimeSpan.FromSeconds(6));
            video.BecomePlayable(film.CreatedAt);
            video.BecomeReady();
            await AddMediaAsync(site, db, video, clock);
        }

        if (film.PublishedAt is { } at)
        {
            video.Publish(at, film.CreatedAt);
        }

        await db.SaveChangesAsync();
        return video.PublicId;
    });

    /// <summary>The kinds of all events so far, oldest first.</summary>
    public static Task<List<string>> EventsAsync(this TestSite site) =>
        site.UseAsync((KinopressDbContext db) => db.Outbox.OrderBy(happened => happened.Seq).Select(happened => happened.Kind).ToListAsync());

    /// <summary>All jobs, in the order in which they run.</summary>
    public static Task<List<Job>> JobsAsync(this TestSite site, string? kind = null) =>
        site.UseAsync((KinopressDbContext db) => db.Jobs.AsNoTracking().Where(job => kind == null || job.Kind == kind).OrderBy(job => job.Priority).ThenBy(job => job.Id).ToListAsync());

    public static Task<Video> VideoAsync(this TestSite site, string publicId) =>
        site.UseAsync((KinopressDbContext db) => db.Videos.AsNoTracking().SingleAsync(video => video.PublicId == publicId));

    private static async Task AddMediaAsync(TestSite site, KinopressDbContext db, Video video, TimeProvider clock)
    {
        var planned = new PlannedRendition { Key = "360p", Width = 640, Height = 360, FrameRate = new Rational(30, 1), IsCopy = true, Crf = 23, MaxBitrateInBitsPerSecond = 1_000_000 };
        var rendition = Rendition.Picture(video.Id, planned, chunkCount: 1, clock);
        var folder = Path.Combine(site.Services.GetRequiredService<DataFolder>().Media, "videos", video.Id.Value.ToString("N"));
        Directory.CreateDirectory(Path.Combine(folder, "360p"));
        Directory.CreateDirectory(Path.Combine(folder, "images"));
        await File.WriteAllBytesAsync(Path.Combine(folder, "original"), new byte[1000]);
        await File.WriteAllBytesAsync(Path.Combine(folder, "360p", "0-abc.mp4"), [.. "init......"u8, .. SegmentBytes]);
        await File.WriteAllBytesAsync(Path.Combine(folder, "images", "poster-640-abc.jpg"), [0xFF, 0xD8, 0xFF]);
        var key = $"videos/{video.Id.Value:N}";
        db.Renditions.Add(rendition);
        db.RenditionChunks.Add(RenditionChunk.Create(
            rendition,
            index: 0,
            new FinishedChunk("360p", "0-abc", $"{key}/360p/0-abc.mp4", 100, 10, "abc", "avc1.64001f", [new Segment(10, 90, TimeSpan.Zero, TimeSpan.FromSeconds(6))]),
            clock));
        db.VideoImages.Add(VideoImage.Create(video.Id, "poster-640-abc.jpg", $"{key}/images/poster-640-abc.jpg", 640, 360, clock));
    }
}
