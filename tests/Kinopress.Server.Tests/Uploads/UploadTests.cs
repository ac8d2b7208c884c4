using System.Net;
using Kinopress.Client;
using Kinopress.Core.Data;
using Kinopress.Core.Foundation;
using Kinopress.Core.Storage;
using Kinopress.Server.Tests.Support;
using Kinopress.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Kinopress.Server.Tests.Uploads;

public sealed class UploadTests
{
    private static readonly byte[] Film = [.. Enumerable.Range(0, 5000).Select(number => (byte)number)];

    [Fact]
    public async Task A_file_becomes_a_draft_with_an_event_and_work_to_do()
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { RunsJobs = false });
        var client = await site.ClientAsync("creator");

        var id = await client.Uploads.UploadAsync(new MemoryStream(Film), "My_holiday.mp4", options: new UploadOptions { ChunkSize = 700 });
        var video = await client.Videos.GetAsync(id);

        Assert.Equal(("My holiday", "waiting", "public"), (video.Title, video.State, video.Visibility));
        Assert.Null(video.PublishedAt);
        Assert.Equal(["site.changed", "video.created"], await site.EventsAsync());
        var original = await site.UseAsync((KinopressDbContext db) => db.Originals.SingleAsync());
        Assert.Equal(System.Security.Cryptography.SHA256.HashData(Film), original.Sha256);
        Assert.Equal(Film, await File.ReadAllBytesAsync(Path.Combine(site.Data, "media", original.BlobKey)));
        Assert.Empty(await client.Uploads.ListAsync());
    }

    [Theory]
    [InlineData("public")]
    [InlineData("unlisted")]
    [InlineData("private")]
    [InlineData("INTERNAL")]
    public async Task A_wished_audience_means_publishing_once_it_plays(string visibility)
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { RunsJobs = false });
        var client = await site.ClientAsync("creator");

        var video = await client.Videos.GetAsync(await client.Uploads.UploadAsync(new MemoryStream(Film), "a.mp4", "Title of it", visibility));

        Assert.Equal(("Title of it", visibility.ToLowerInvariant(), true), (video.Title, video.Visibility, video.PublishWhenReady));
    }

    [Theory]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\Users\\me\\film.mov", "film")]
    [InlineData("..", ".")]
    [InlineData("", "Untitled video")]
    [InlineData("\u202egpj.mp4", "gpj")]
    [InlineData("a\u0000b\u0007c.mp4", "a b c")]
    [InlineData("🎬 Première 👩‍👩‍👧‍👦.mp4", "🎬 Première 👩‍👩‍👧‍👦")]
    [InlineData("<script>alert(1)<script>.mp4", "<script>alert(1)<script>")]
    public async Task A_files_name_is_only_words(string fileName, string title)
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { RunsJobs = false });
        var client = await site.ClientAsync("creator");

        var video = await client.Videos.GetAsync(await client.Uploads.UploadAsync(new MemoryStream(Film), fileName));

        Assert.Equal(title, video.Title);
        Assert.Equal(["original"], Directory.EnumerateFiles(Path.Combine(site.Data, "media"), "*", SearchOption.AllDirectories).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("e\u0301")]
    [InlineData("👩‍👩‍👧‍👦")]
    [InlineData("\U0001D165")]
    public async Task A_name_of_thousands_of_characters_is_cut_between_them(string character)
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { RunsJobs = false });
        var client = await site.ClientAsync("creator");
        var name = "a" + string.Concat(Enumerable.Repeat(character, 900)) + ".mp4";

        var video = await client.Videos.GetAsync(await client.Uploads.UploadAsync(new MemoryStream(Film), name));

        Assert.InRange(new System.Globalization.StringInfo(video.Title).LengthInTextElements, 1, 200);
        Assert.DoesNotContain('\uFFFD', video.Title);
    }

    [Theory]
    [InlineData(1001, "upload.too_large", 413)]
    [InlineData(0, "upload.empty", 400)]
    public async Task Sizes_have_bounds(long length, string code, int status)
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Configure = options => options.MaxUploadSizeInBytes = 1000 });
        var client = await site.ClientAsync("creator");

        var problem = await Refusals.RefusedAsync(() => client.Uploads.CreateAsync(length, "a.mp4"));

        Assert.Equal((code, status), (problem.Code, problem.Status));
    }

    [Theory]
    [InlineData(1L << 60)]
    [InlineData(long.MaxValue)]
    public async Task More_than_the_disk_holds_is_refused_and_bothers_nobody(long length)
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { RunsJobs = false, Configure = options => options.ReservedDiskInBytes = 1024 });
        var client = await site.ClientAsync("creator");

        var problem = await Refusals.RefusedAsync(() => client.Uploads.CreateAsync(length, "a.mp4"));

        Assert.Equal(("upload.no_room", 507), (problem.Code, problem.Status));
        await client.Uploads.UploadAsync(new MemoryStream(Film), "b.mp4");
    }

    [Fact]
    public async Task Room_promised_to_one_upload_is_not_given_to_another()
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { RunsJobs = false });
        var client = await site.ClientAsync("creator");
        var free = new DriveInfo(site.Data).AvailableFreeSpace;
        await client.Uploads.CreateAsync(free / 10 * 7, "first.mp4");

        await Refusals.IsRefusedAsync("upload.no_room", () => client.Uploads.CreateAsync(free / 10 * 7, "second.mp4"));
    }

    [Fact]
    public async Task An_unknown_audience_is_refused()
    {
        await using var site = await TestSite.StartAsync();
        var client = await site.ClientAsync("creator");

        await Refusals.IsRefusedAsync("upload.visibility_unknown", () => client.Uploads.CreateAsync(10, "a.mp4", visibility: "0"));
    }

    [Fact]
    public async Task Somebody_elses_upload_is_not_there()
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator");
        var other = await site.ClientAsync("owner");
        var id = await creator.Uploads.CreateAsync(10, "a.mp4");

        Assert.Equal(404, (await Refusals.RefusedAsync(() => other.Uploads.GetProgressAsync(id))).Status);
        await Refusals.IsRefusedAsync("upload.not_found", () => other.Uploads.AppendAsync(id, 0, new MemoryStream(new byte[10]), 10));
        await Refusals.IsRefusedAsync("upload.not_found", () => other.Uploads.TerminateAsync(id));
        Assert.Empty(await other.Uploads.ListAsync());
        Assert.Equal(id, Assert.Single(await creator.Uploads.ListAsync()).Id);
    }

    [Fact]
    public async Task An_upload_goes_on_after_the_site_restarted()
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { RunsJobs = false });
        var id = await (await site.ClientAsync("creator")).Uploads.CreateAsync(Film.Length, "a.mp4");
        await (await site.ClientAsync("creator")).Uploads.AppendAsync(id, 0, new MemoryStream(Film), 3000);

        await site.RestartAsync();
        var client = await site.ClientAsync("creator");
        var stand = await client.Uploads.GetProgressAsync(id);
        var done = await client.Uploads.AppendAsync(id, stand.Offset, new MemoryStream(Film[3000..]), 2000);

        Assert.Equal(3000, stand.Offset);
        Assert.NotNull(done.VideoPublicId);
        Assert.Equal(System.Security.Cryptography.SHA256.HashData(Film), (await site.UseAsync((KinopressDbContext db) => db.Originals.SingleAsync())).Sha256);
    }

    [Fact]
    public async Task What_was_written_before_the_connection_broke_is_kept()
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { RunsJobs = false });
        var client = await site.ClientAsync("creator");
        var film = new byte[600_000];
        new Random(1).NextBytes(film);
        var id = await client.Uploads.CreateAsync(film.Length, "a.mp4");
        using var connection = await RawUpload.StartAsync(site, await site.TokenAsync("creator"), id, 0, film.Length);
        await connection.SendAsync(film.AsMemory(0, 500_000));
        var written = 0L;
        await Eventually.HoldsAsync(async () => (written = (await client.Uploads.GetProgressAsync(id)).Offset) > 0, "the first bytes are on the disk");

        connection.Break();
        await Eventually.HoldsAsync(async () => !await IsBusyAsync(site, id), "the upload is free again");
        var kept = (await client.Uploads.GetProgressAsync(id)).Offset;
        var done = await client.Uploads.AppendAsync(id, kept, new MemoryStream(film[(int)kept..]), film.Length - kept);

        Assert.InRange(kept, written, 500_000);
        Assert.NotNull(done.VideoPublicId);
        Assert.Equal(System.Security.Cryptography.SHA256.HashData(film), (await site.UseAsync((KinopressDbContext db) => db.Originals.SingleAsync())).Sha256);
    }

    [Fact]
    public async Task Only_one_connection_writes_at_a_time()
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { RunsJobs = false });
        var client = await site.ClientAsync("creator");
        var id = await client.Uploads.CreateAsync(Film.Length, "a.mp4");
        using var first = await RawUpload.StartAsync(site, await site.TokenAsync("creator"), id, 0, Film.Length);
        await first.SendAsync(Film.AsMemory(0, 10));

        await Eventually.HoldsAsync(async () => await IsBusyAsync(site, id), "the first connection holds the pen");

        await Refusals.IsRefusedAsync("upload.in_use", () => client.Uploads.TerminateAsync(id));
        await first.SendAsync(Film.AsMemory(10));
        await Eventually.HoldsAsync(async () => (await client.Uploads.GetProgressAsync(id)).VideoPublicId is not null, "the first connection finished");
    }

    [Fact]
    public async Task Asking_again_after_the_end_tells_the_same_video()
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { RunsJobs = false });
        var client = await site.ClientAsync("creator");
        var id = await client.Uploads.CreateAsync(Film.Length, "a.mp4");
        var done = await client.Uploads.AppendAsync(id, 0, new MemoryStream(Film), Film.Length);

        var again = await client.Uploads.AppendAsync(id, Film.Length, new MemoryStream(), 0);
        var stand = await client.Uploads.GetProgressAsync(id);

        Assert.Equal(done.VideoPublicId, again.VideoPublicId);
        Assert.Equal(done.VideoPublicId, stand.VideoPublicId);
        Assert.Single(await site.UseAsync((KinopressDbContext db) => db.Videos.ToListAsync()));
    }

    [Theory]
    [InlineData("""{"error":{"code":-1094995529,"string":"Invalid data"}}""", "media.not_a_video")]
    [InlineData("", "media.not_a_video")]
    [InlineData("too large", "media.dimensions_too_large")]
    [InlineData("too short", "media.too_short")]
    [InlineData("too long", "media.too_long")]
    [InlineData("no duration", "media.no_duration")]
    [InlineData("truncated", "media.truncated")]
    [InlineData("timeout", "media.probe_timeout")]
    public async Task What_is_no_film_is_refused_and_leaves_nothing(string probe, string code)
    {
        var processes = new FakeProcesses
        {
            Probe = probe switch
            {
                "too large" => FakeProcesses.Says(FakeProcesses.Film(width: 20000, height: 20000)),
                "too short" => FakeProcesses.Says(FakeProcesses.Film(duration: "0.001")),
                "too long" => FakeProcesses.Says(FakeProcesses.Film(duration: "90000")),
                "no duration" => FakeProcesses.Says(FakeProcesses.Film(duration: "N/A")),
                "truncated" => new ProcessOutcome(1, """{"error":{"code":-1094995529}}""", "[mov] moov atom not found"),
                "timeout" => new ProcessOutcome(-1, "", "took too long"),
                _ => FakeProcesses.Says(probe),
            },
        };
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Processes = processes });
        var client = await site.ClientAsync("creator");

        var problem = await Refusals.RefusedAsync(() => client.Uploads.UploadAsync(new MemoryStream(Film), "a.mp4"));

        Assert.Equal((422, code), (problem.Status, problem.Code));
        Assert.Empty(await site.UseAsync((KinopressDbContext db) => db.Videos.ToListAsync()));
        Assert.Empty(await site.UseAsync((KinopressDbContext db) => db.Uploads.ToListAsync()));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(site.Data, "tmp", "uploads")));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(site.Data, "media"), "*", SearchOption.AllDirectories));
        Assert.DoesNotContain("video.created", await site.EventsAsync());
    }

    [Fact]
    public async Task An_upload_nobody_continues_is_forgotten_after_a_week()
    {
        var clock = TestSiteOptions.FakeClock();
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Clock = clock });
        var client = await site.ClientAsync("creator");
        var old = await client.Uploads.CreateAsync(10, "old.mp4");
        var alive = await client.Uploads.CreateAsync(10, "alive.mp4");
        await client.Uploads.AppendAsync(old, 0, new MemoryStream(Film), 5);
        await client.Uploads.AppendAsync(alive, 0, new MemoryStream(Film), 2);
        clock.Advance(TimeSpan.FromDays(6));
        await client.Uploads.AppendAsync(alive, 2, new MemoryStream(Film), 3);
        clock.Advance(TimeSpan.FromDays(2));

        await Eventually.HoldsAsync(() => Task.FromResult(Directory.EnumerateFiles(Path.Combine(site.Data, "tmp", "uploads")).Count() == 1), "its file is gone");

        Assert.Equal(alive, Assert.Single(await client.Uploads.ListAsync()).Id);
        Assert.Equal(404, (await Refusals.RefusedAsync(() => client.Uploads.GetProgressAsync(old))).Status);
    }

    [Fact]
    public async Task An_upload_without_a_byte_gives_its_place_back_after_an_hour()
    {
        var clock = TestSiteOptions.FakeClock();
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Clock = clock });
        var client = await site.ClientAsync("creator");
        var empty = await client.Uploads.CreateAsync(10, "empty.mp4");

        clock.Advance(TimeSpan.FromMinutes(59));
        await client.Uploads.GetProgressAsync(empty);
        clock.Advance(TimeSpan.FromMinutes(62));

        await Eventually.HoldsAsync(async () => (await client.Uploads.ListAsync()).Count == 0, "it is gone");
    }

    [Fact]
    public async Task The_hundred_and_first_unfinished_upload_is_too_many()
    {
        await using var site = await TestSite.StartAsync();
        var client = await site.ClientAsync("creator");
        for (var number = 0; number < 100; number++)
        {
            await client.Uploads.CreateAsync(10, "a.mp4");
        }

        await Refusals.IsRefusedAsync("upload.too_many", () => client.Uploads.CreateAsync(10, "a.mp4"));
    }

    // Asks without touching: a request of ours would hold the upload for a moment and turn the other one away.
    private static Task<bool> IsBusyAsync(TestSite site, Guid id) =>
        Task.FromResult(site.Services.GetRequiredService<UploadFiles>().IsBeingWritten(id));
}
