using System.Buffers.Binary;
using Kinopress.Core.Features.Lives.OnAir;
using Kinopress.Media.Flv;
using Kinopress.Media.Live;

namespace Kinopress.Core.Tests;

/// <summary>The short film that is shown while an encoder is away: a real H.264 picture with AAC sound.</summary>
internal static class Filler
{
    public static LiveTracks Tracks { get; } = Read();

    private static LiveTracks Read()
    {
        using var file = typeof(Broadcast).Assembly.GetManifestResourceStream("filler.flv") ?? throw new InvalidOperationException("The film is not embedded.");
        using var memory = new MemoryStream();
        file.CopyTo(memory);
        var unpacker = new FlvUnpacker();
        for (var rest = memory.ToArray().AsMemory(13); rest.Length > 11;)
        {
            var size = BinaryPrimitives.ReadInt32BigEndian(rest.Span) & 0xFFFFFF;
            unpacker.Read((FlvTagType)rest.Span[0], 0, rest.Slice(11, size));
            rest = rest[(11 + size + 4)..];
        }

        return unpacker.Tracks;
    }
}
