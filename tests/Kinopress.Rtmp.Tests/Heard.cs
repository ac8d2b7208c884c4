using System.Buffers;
using Kinopress.Rtmp.Chunks;
using Kinopress.Rtmp.Commands;

namespace Kinopress.Rtmp.Tests;

/// <summary>Reads back what a side wrote after its handshake.</summary>
internal static class Heard
{
    private const int ServerHandshakeSize = 1 + 1536 + 1536;

    public static List<IncomingMessage> Messages(byte[] bytes)
    {
        using var reader = new ChunkReader(new ChunkLimits(ChunkLimits.LargestMessage, 2 * ChunkLimits.LargestMessage));
        var rest = new ReadOnlySequence<byte>(bytes, ServerHandshakeSize, bytes.Length - ServerHandshakeSize);
        List<IncomingMessage> messages = [];
        while (reader.TryRead(ref rest, out var message))
        {
            messages.Add(message);
        }

        Assert.Equal(0, rest.Length);
        return messages;
    }

    public static List<RtmpCommand> Commands(byte[] bytes) =>
        [.. Messages(bytes).Where(message => message.IsCommand).Select(message => RtmpCommand.Parse(message.Type, message.Body))];

    /// <summary>Codes of all status and result objects, in order.</summary>
    public static IEnumerable<string> Codes(byte[] bytes) =>
        Commands(bytes).Select(command => command.Arguments.Count > 0 ? command.Arguments[0]["code"]?.AsText() : null).OfType<string>();
}
