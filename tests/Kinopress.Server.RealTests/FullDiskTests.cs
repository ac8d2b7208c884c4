using System.Net;
using Kinopress.Server.RealTests.Support;
using Kinopress.Testing;

namespace Kinopress.Server.RealTests;

/// <summary>A disk that fills up stops work for a while and loses nothing.</summary>
public sealed class FullDiskTests
{
    private const long Megabyte = 1024 * 1024;

    private static readonly Dictionary<string, string> WithoutReserve = new(StringComparer.Ordinal) { ["KINOPRESS__ReservedDiskInBytes"] = "0" };

    [Fact]
    public async Task A_file_larger_than_the_free_space_is_refused_before_it_is_sent()
    {
        await using var disk = await SmallDisk.MountAsync(32);
        await using var site = await FilmSite.StartAsync(WithoutReserve, disk.Path);

        using var answer = await site.OpenAsync(64 * Megabyte, "film.mp4");

        Assert.Equal(HttpStatusCode.InsufficientStorage, answer.StatusCode);
        Assert.Equal("upload.no_room", await FilmSite.CodeOf(answer));
    }

    [Fact]
    public async Task An_upload_that_fills_the_disk_is_kept_and_goes_on_after_room_is_made()
    {
        Tools.NeedFfmpeg();
        var film = await SampleFilms.LongerAsync();
        var bytes = await File.ReadAllBytesAsync(film);
        await using var disk = await SmallDisk.MountAsync(96);
        await using var site = await FilmSite.StartAsync(WithoutReserve, disk.Path);

        var upload = await site.OpenedAsync(bytes.Length);
        disk.Fill(leaving: bytes.Length / 2);
        using var answer = await site.SendAsync(upload, bytes);
        var kept = await site.OffsetAsync(upload);
        disk.MakeRoom();
        var id = await site.SendRestAsync(upload, film, kept);

        Assert.Equal(HttpStatusCode.InsufficientStorage, answer.StatusCode);
        Assert.Equal("upload.disk_full", await FilmSite.CodeOf(answer));
        Assert.InRange(kept, 1, bytes.Length - 1);
        Assert.NotNull(id);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Directory.EnumerateFiles(site.Media, "original", SearchOption.AllDirectories).Single()));
    }

    [Theory]
    [InlineData(512 * 1024)]
    [InlineData(0)]
    public async Task An_encoder_that_fills_the_disk_waits_and_goes_on_after_room_is_made(long leaving)
    {
        Tools.NeedFfmpeg();
        Tools.NeedRootOnLinux();
        var film = await SampleFilms.LongerAsync();
        await using var disk = await SmallDisk.MountAsync(128);
        await using var site = await FilmSite.StartAsync(WithoutReserve, disk.Path);

        var id = await site.UploadAsync(film);
        await FilmSite.EventuallyAsync(() => Tools.Encoders(site.Data).Count > 0, "an encoder at work", seconds: 30);
        disk.Fill(leaving);
        await FilmSite.EventuallyAsync(() => Tools.Encoders(site.Data).Count == 0, "the encoder stopped", seconds: 60);
        using var page = await site.GetAsync("/");
        disk.MakeRoom();

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        await site.UntilAsync(id, "ready");
        Assert.NotEmpty(await Playing.DecodeAllAsync(site, id));
    }
}
