using Kinopress.Client;
using Kinopress.Media.Probing;
using Kinopress.Server.RealTests.Support;
using Kinopress.Testing;

namespace Kinopress.Server.RealTests;

/// <summary>Emotes made by a real ffmpeg.</summary>
public sealed class EmoteTests
{
    [Theory]
    [InlineData("emote-half.png", "-f lavfi -i color=red@0.5:s=300x200,format=rgba -frames:v 1", 1, true)]
    [InlineData("emote.jpg", "-f lavfi -i testsrc2=s=300x200 -frames:v 1", 1, true)]
    [InlineData("emote-square.jpg", "-f lavfi -i testsrc2=s=1024x1024 -frames:v 1", 1, false)]
    [InlineData("emote-thin.png", "-f lavfi -i testsrc2=s=4096x2 -frames:v 1", 1, true)]
    [InlineData("emote-tiny.png", "-f lavfi -i testsrc2=s=2x2 -frames:v 1", 1, false)]
    [InlineData("emote.webp", "-f lavfi -i testsrc2=s=64x64 -frames:v 1", 1, false)]
    [InlineData("emote-moves.webp", "-f lavfi -i testsrc2=s=64x64:r=10 -t 1 -c:v libwebp_anim -loop 0", 1, false)]
    [InlineData("emote-moves.gif", "-f lavfi -i testsrc2=s=64x64:r=10 -t 1", 10, false)]
    [InlineData("emote-moves.png", "-f lavfi -i testsrc2=s=64x64:r=10 -t 1 -plays 0 -f apng", 10, false)]
    [InlineData("emote.avif", "-f lavfi -i testsrc2=s=64x64 -frames:v 1 -c:v libaom-av1 -still-picture 1 -cpu-used 8", 1, false)]
    public async Task Every_kind_of_picture_becomes_webp_in_three_sizes(string name, string options, int frames, bool isTransparent)
    {
        Tools.NeedFfmpeg();
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Processes = null });
        var chat = (await site.ClientAsync("owner")).Chat;

        var emote = await AddAsync(chat, await SampleFilms.MakeAsync(name, options));

        Assert.Equal(frames > 1, emote.IsAnimated);
        foreach (var image in emote.Images)
        {
            var content = await site.Http.GetByteArrayAsync(image.Url);
            Assert.Equal(new PictureFile(PictureFormat.WebP, image.Width, image.Width, frames), PictureFile.Read(content));
            Assert.InRange(content.Length, 20, 300_000);
            Assert.Equal(isTransparent, content.AsSpan(0, Math.Min(64, content.Length)).IndexOf("ALPH"u8) > 0 || (content.AsSpan(12, 4).SequenceEqual("VP8X"u8) && (content[20] & 0x10) != 0 && frames == 1));
        }
    }

    [Fact]
    public async Task What_is_too_large_cut_off_or_damaged_is_refused_and_leaves_nothing()
    {
        Tools.NeedFfmpeg();
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Processes = null });
        var chat = (await site.ClientAsync("owner")).Chat;
        var large = await File.ReadAllBytesAsync(await SampleFilms.MakeAsync("emote-large.png", "-f lavfi -i color=red:s=8000x8000 -frames:v 1"));
        var small = await File.ReadAllBytesAsync(await SampleFilms.MakeAsync("emote-square.jpg", "-f lavfi -i testsrc2=s=1024x1024 -frames:v 1"));

        Assert.Equal("chat.emote_too_many_pixels", await RefusedAsync(chat, large));
        Assert.Equal("chat.emote_not_a_picture", await RefusedAsync(chat, small[..40]));
        Assert.Equal("chat.emote_not_a_picture", await RefusedAsync(chat, [.. "GIF89a"u8, 9, 0, 9, 0, 0, 0, 0, 0x2C, .. small[..500]]));

        Assert.Empty((await chat.ListEmotesAsync()).Items);
        Assert.False(Directory.Exists(Path.Combine(site.Data, "media", "emotes")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(site.Data, "tmp", "work")));
    }

    private static async Task<ChatEmote> AddAsync(ChatClient chat, string path)
    {
        await using var file = File.OpenRead(path);
        return await chat.AddEmoteAsync("sample", file);
    }

    private static async Task<string> RefusedAsync(ChatClient chat, byte[] content)
    {
        using var file = new MemoryStream(content);
        return (await Assert.ThrowsAsync<KinopressApiException>(() => chat.AddEmoteAsync("sample", file))).Problem.Code;
    }
}
