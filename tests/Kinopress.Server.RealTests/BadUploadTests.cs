using System.Net;
using System.Text;
using Kinopress.Server.RealTests.Support;
using Kinopress.Testing;

namespace Kinopress.Server.RealTests;

/// <summary>What is no good is refused with a reason and leaves nothing behind.</summary>
public sealed class BadUploadTests
{
    [Fact]
    public async Task An_empty_file_is_refused_before_it_is_sent()
    {
        await using var site = await FilmSite.StartAsync();

        using var answer = await site.OpenAsync(length: 0, "film.mp4");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("upload.empty", await FilmSite.CodeOf(answer));
        await NothingIsLeftAsync(site);
    }

    [Fact]
    public async Task A_text_with_a_films_name_is_not_a_video() =>
        await RefusedAsync("media.not_a_video", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("It was a dark and stormy night. ", 400))));

    [Fact]
    public async Task One_byte_is_not_a_video() => await RefusedAsync("media.not_a_video", [42]);

    [Fact]
    public async Task A_film_whose_index_was_cut_off_is_truncated() =>
        await RefusedAsync("media.truncated", await HalfOfAsync("late-index.mp4", "-f lavfi -i testsrc2=size=320x240:rate=25 -t 4 -c:v libx264 -preset ultrafast -pix_fmt yuv420p"));

    [Fact]
    public async Task A_film_of_a_millisecond_is_too_short() =>
        await RefusedAsync("media.too_short", await BytesOfAsync("blink.mp4", "-f lavfi -i testsrc2=size=320x240:rate=1000 -t 0.001 -c:v libx264 -preset ultrafast -pix_fmt yuv420p"));

    [Fact]
    public async Task A_picture_of_eighty_megapixels_is_too_large() =>
        await RefusedAsync("media.dimensions_too_large", await BytesOfAsync("huge.mov", "-f lavfi -i color=gray:size=9000x9000:rate=1 -frames:v 1 -pix_fmt gray -c:v png"));

    [Fact]
    public async Task A_header_that_claims_twenty_thousand_by_twenty_thousand_is_refused()
    {
        var bytes = await BytesOfAsync("claim.mov", "-f lavfi -i color=gray:size=320x240:rate=1 -t 3 -c:v rawvideo -pix_fmt yuv420p");
        Claim(bytes, 20_000, 20_000);

        await RefusedAsync("media.not_a_video", bytes); // ffprobe itself gives up on so large a picture and says nothing about the track
    }

    [Fact]
    public async Task A_film_that_ends_in_the_middle_is_truncated() => await RefusedAsync(
        "media.truncated",
        await HalfOfAsync("early-index.mp4", "-f lavfi -i testsrc2=size=320x240:rate=25 -t 20 -c:v libx264 -preset ultrafast -pix_fmt yuv420p -g 50 -movflags +faststart"));

    [Theory]
    [InlineData("../../../etc/cron.d/film.mp4")]
    [InlineData("..\\..\\film.mp4")]
    [InlineData("🎬🍿 Füm—年.mp4")]
    [InlineData("two\nlines\r\n\0.mp4")]
    public async Task Strange_names_are_only_names(string name)
    {
        Tools.NeedFfmpeg();
        await using var site = await FilmSite.StartAsync();

        var id = await site.UploadAsync(await SampleFilms.ShortAsync(), name);
        var title = (await site.VideoAsync(id)).GetProperty("title").GetString() ?? "";

        Assert.NotEqual("", title);
        Assert.DoesNotContain(title, character => char.IsControl(character) || character is '/' or '\\');
        Assert.Single(Directory.EnumerateFiles(site.Media, "original", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_name_of_five_thousand_characters_is_shortened()
    {
        Tools.NeedFfmpeg();
        await using var site = await FilmSite.StartAsync();

        var id = await site.UploadAsync(await SampleFilms.ShortAsync(), new string('é', 5000) + ".mp4");

        Assert.InRange((await site.VideoAsync(id)).GetProperty("title").GetString()?.Length ?? 0, 1, 200);
    }

    private static async Task RefusedAsync(string code, byte[] bytes)
    {
        Tools.NeedFfmpeg();
        await using var site = await FilmSite.StartAsync();

        var upload = await site.OpenedAsync(bytes.Length);
        using var answer = await site.SendAsync(upload, bytes);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(code, await FilmSite.CodeOf(answer));
        await NothingIsLeftAsync(site);
    }

    private static async Task NothingIsLeftAsync(FilmSite site)
    {
        Assert.Empty(Directory.EnumerateFileSystemEntries(site.Uploads));
        Assert.Empty(Directory.EnumerateFileSystemEntries(site.Work));
        Assert.Empty(Directory.EnumerateFileSystemEntries(site.Media));
        foreach (var table in (string[])["uploads", "videos", "originals", "renditions", "jobs"])
        {
            Assert.Equal(0, await site.AskDatabaseAsync<long>($"SELECT COUNT(*) FROM {table}"));
        }
    }

    private static async Task<byte[]> BytesOfAsync(string name, string options)
    {
        Tools.NeedFfmpeg();
        return await File.ReadAllBytesAsync(await SampleFilms.MakeAsync(name, options));
    }

    private static async Task<byte[]> HalfOfAsync(string name, string options)
    {
        var bytes = await BytesOfAsync(name, options);
        return bytes[..(bytes.Length / 2)];
    }

    // Width and height stand 24 bytes after the end of a sample entry's type (ISO/IEC 14496-12 §12.1.3).
    private static void Claim(byte[] bytes, ushort width, ushort height)
    {
        var entry = bytes.AsSpan().IndexOf("stsd"u8) + 16;
        System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(entry + 28), width);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(entry + 30), height);
    }
}
