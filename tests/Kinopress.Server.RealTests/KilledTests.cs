using System.Diagnostics;
using System.Net;
using Kinopress.Server.RealTests.Support;
using Kinopress.Testing;

namespace Kinopress.Server.RealTests;

/// <summary>Whatever is killed, whenever: nothing is lost but a little work.</summary>
public sealed class KilledTests
{
    [Fact]
    public async Task A_server_killed_while_it_encodes_ends_the_orphan_at_its_next_start_and_finishes_the_film()
    {
        Tools.NeedFfmpeg();
        Tools.NeedLinux();
        await using var site = await FilmSite.StartAsync();

        var id = await site.UploadAsync(await SampleFilms.LongerAsync());
        var orphans = await EncodersAtWorkAsync(site);
        await site.Running.KillAsync();
        await site.Running.RestartAsync();

        await FilmSite.EventuallyAsync(() => !Tools.Encoders(site.Data).Intersect(orphans).Any(), "the orphan ended", seconds: 10);
        await site.UntilAsync(id, "ready");
        await site.UntilAllJobsAreDoneAsync(id);
        Assert.Empty(Directory.EnumerateFileSystemEntries(site.Work));
        foreach (var playlist in await Playing.DecodeAllAsync(site, id))
        {
            Assert.Equal(600, await Playing.CountFramesAsync(site, playlist));
        }
    }

    [Fact]
    public async Task A_server_killed_in_the_middle_of_an_upload_goes_on_where_the_file_ends()
    {
        Tools.NeedFfmpeg();
        await using var site = await FilmSite.StartAsync();
        var path = await SampleFilms.LongerAsync();
        var bytes = await File.ReadAllBytesAsync(path);

        var upload = await site.OpenedAsync(bytes.Length);
        var half = bytes.AsMemory(0, bytes.Length / 2);
        using var stalling = new StallingContent(half, bytes.Length);
        var sending = site.SendAsync(upload, offset: 0, stalling);
        await FilmSite.EventuallyAsync(() => Kept(site) > 0, "some bytes on disk");
        await site.Running.KillAsync();
        var kept = Kept(site);
        stalling.Break();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => sending);
        await site.Running.RestartAsync();
        var offset = await site.OffsetAsync(upload);
        var id = await site.SendRestAsync(upload, path, offset);

        Assert.InRange(kept, 1, half.Length);
        Assert.Equal(kept, offset);
        Assert.NotNull(id);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Directory.EnumerateFiles(site.Media, "original", SearchOption.AllDirectories).Single()));
        var hash = await site.AskDatabaseAsync<byte[]>("SELECT sha256 FROM originals");
        Assert.Equal(System.Security.Cryptography.SHA256.HashData(bytes), hash);
    }

    [Fact]
    public async Task A_connection_that_breaks_keeps_what_has_arrived()
    {
        Tools.NeedFfmpeg();
        await using var site = await FilmSite.StartAsync();
        var path = await SampleFilms.LongerAsync();
        var bytes = await File.ReadAllBytesAsync(path);

        var upload = await site.OpenedAsync(bytes.Length);
        var half = bytes.AsMemory(0, bytes.Length / 2);
        using var breaking = new StallingContent(half, bytes.Length);
        var sending = site.SendAsync(upload, offset: 0, breaking);
        await FilmSite.EventuallyAsync(() => Kept(site) > 0, "some bytes on disk");
        breaking.Break();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => sending);
        await FilmSite.EventuallyAsync(async () => await MayGoOnAsync(site, upload, path), "the next request may write", seconds: 10);

        Assert.Equal(bytes, await File.ReadAllBytesAsync(Directory.EnumerateFiles(site.Media, "original", SearchOption.AllDirectories).Single()));
    }

    [Fact]
    public async Task An_encoder_that_is_killed_is_started_again()
    {
        Tools.NeedFfmpeg();
        Tools.NeedLinux();
        await using var site = await FilmSite.StartAsync();

        var id = await site.UploadAsync(await SampleFilms.LongerAsync());
        foreach (var encoder in await EncodersAtWorkAsync(site))
        {
            using var process = Process.GetProcessById(encoder);
            process.Kill();
        }

        await FilmSite.EventuallyAsync(() => site.HasProblemAsync(id, "media.encoder_failed"), "the attempt failed", seconds: 10);
        await site.UntilAsync(id, "ready");
        Assert.NotEmpty(await Playing.DecodeAllAsync(site, id));
    }

    [Fact]
    public async Task A_server_told_to_stop_while_it_encodes_stops_soon_and_goes_on_at_its_next_start()
    {
        Tools.NeedFfmpeg();
        Tools.NeedLinux();
        await using var site = await FilmSite.StartAsync();

        var id = await site.UploadAsync(await SampleFilms.LongerAsync());
        await EncodersAtWorkAsync(site);
        await Tools.TerminateAsync(site.Running.ProcessId, TimeSpan.FromSeconds(10));
        var running = await site.AskDatabaseAsync<long>("SELECT COUNT(*) FROM jobs WHERE state = 'Running'");
        var waiting = await site.AskDatabaseAsync<long>("SELECT COUNT(*) FROM jobs WHERE state = 'Queued' AND kind = 'encode-renditions' AND attempts = 0");
        var leftBehind = Tools.Encoders(site.Data);
        await site.Running.RestartAsync();

        Assert.Equal(0, running);
        Assert.True(waiting > 0, "the interrupted task is in the queue, and the attempt does not count");
        Assert.Empty(leftBehind);
        await site.UntilAsync(id, "ready");
    }

    private static long Kept(FilmSite site) => Directory.EnumerateFiles(site.Uploads).Sum(file => new FileInfo(file).Length);

    private static async Task<IReadOnlyList<int>> EncodersAtWorkAsync(FilmSite site)
    {
        await FilmSite.EventuallyAsync(() => Tools.Encoders(site.Data).Count > 0, "an encoder at work", seconds: 30);
        return Tools.Encoders(site.Data);
    }

    private static async Task<bool> MayGoOnAsync(FilmSite site, string upload, string path)
    {
        await using var file = File.OpenRead(path);
        var offset = await site.OffsetAsync(upload);
        file.Position = offset;
        using var rest = new StreamContent(file);
        using var answer = await site.SendAsync(upload, offset, rest);
        return answer.StatusCode == HttpStatusCode.NoContent;
    }
}
