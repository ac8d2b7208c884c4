using System.Buffers;
using Kinopress.Rtmp.Chunks;

namespace Kinopress.Rtmp.Fuzz;

/// <summary>Makes what each target begins with from captures of real programs.</summary>
internal static class Seeds
{
    private const int HandshakeSize = 1 + 1536 + 1536;

    public static async Task WriteAsync(string folder, IEnumerable<string> captures)
    {
        foreach (var capture in captures)
        {
            var bytes = await File.ReadAllBytesAsync(capture);
            var name = Path.GetFileNameWithoutExtension(capture);
            await WriteAsync(folder, name.StartsWith("nginx", StringComparison.Ordinal) ? "publisher" : "session", name, bytes);
            await WriteAsync(folder, "chunks", name, bytes[HandshakeSize..]);
            foreach (var (body, index) in Bodies(bytes[HandshakeSize..]).Select((body, index) => (body, index)))
            {
                await WriteAsync(folder, "amf", $"{name}-{index}", body);
            }
        }
    }

    private static async Task WriteAsync(string folder, string target, string name, byte[] bytes)
    {
        Directory.CreateDirectory(Path.Combine(folder, target));
        await File.WriteAllBytesAsync(Path.Combine(folder, target, name), bytes);
    }

    /// <summary>Of commands and metadata.</summary>
    private static List<byte[]> Bodies(byte[] bytes)
    {
        using var reader = new ChunkReader(new ChunkLimits(ChunkLimits.LargestMessage, ChunkLimits.LargestMessage));
        var rest = new ReadOnlySequence<byte>(bytes);
        List<byte[]> bodies = [];
        while (reader.TryRead(ref rest, out var message))
        {
            if (message.IsCommand || message.Type == MessageType.Data)
            {
                bodies.Add(message.Body.ToArray());
            }

            message.Release();
        }

        return bodies;
    }
}
