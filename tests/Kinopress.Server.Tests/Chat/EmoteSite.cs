using System.Buffers.Binary;
using System.Text;
using Kinopress.Client;
using Kinopress.Core.Foundation;
using Kinopress.Testing;

namespace Kinopress.Server.Tests.Chat;

/// <summary>Files for emotes, and an ffmpeg that takes them.</summary>
internal static class EmoteSite
{
    /// <summary>Writes what it was given, and how large it was to be, where it was told to.</summary>
    public static FakeProcesses Painter() => new()
    {
        Encode = async (request, cancellationToken) =>
        {
            var input = request.Arguments[request.Arguments.ToList().IndexOf("-i") + 1]["file:".Length..];
            var sent = await File.ReadAllBytesAsync(input, cancellationToken);
            foreach (var path in request.Arguments.Where(argument => argument.EndsWith(".webp", StringComparison.Ordinal)))
            {
                await File.WriteAllBytesAsync(path, [.. Encoding.ASCII.GetBytes(Path.GetFileName(path)), .. sent], cancellationToken);
            }

            return new ProcessOutcome(0, "", "");
        },
    };

    public static Task<TestSite> StartAsync() => TestSite.StartAsync(new TestSiteOptions { Processes = Painter() });

    /// <param name="mark">Makes it another picture.</param>
    public static byte[] Png(int width = 64, int height = 64, byte mark = 0) =>
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8, .. Number(width), .. Number(height), 8, 6, 0, 0, 0, mark];

    public static byte[] Gif(int frames) =>
    [
        .. "GIF89a"u8, 2, 0, 2, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255,
        .. Enumerable.Repeat((byte[])[0x2C, 0, 0, 0, 0, 2, 0, 2, 0, 0, 2, 2, 0x4C, 0x01, 0], frames).SelectMany(frame => frame), 0x3B,
    ];

    public static async Task<ChatEmote> AddEmoteAsync(this ChatClient chat, string name, byte[]? picture = null)
    {
        using var content = new MemoryStream(picture ?? Png());
        return await chat.AddEmoteAsync(name, content);
    }

    /// <summary>The files of emotes in the store, and what lies about in the scratch folder.</summary>
    public static List<string> EmoteFiles(this TestSite site) =>
    [
        .. ((string[])[Path.Combine(site.Data, "media", "emotes"), Path.Combine(site.Data, "tmp", "work")])
            .Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories)),
    ];

    private static byte[] Number(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
