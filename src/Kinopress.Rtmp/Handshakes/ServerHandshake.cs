using System.Security.Cryptography;
using Kinopress.Rtmp.Connections;

namespace Kinopress.Rtmp.Handshakes;

/// <summary>
/// The simple handshake (RTMP 1.0 §5.2), the side that was called. The version field of S1 stays zero, which tells clients that there are no
/// digests to verify; S2 repeats C1 exactly; what C2 says is not looked at, since encoders get it wrong.
/// </summary>
internal static class ServerHandshake
{
    public const byte Version = 3;
    public const int Size = 1536;
    private const int RandomOffset = 8;

    /// <returns>False when the peer left.</returns>
    public static async Task<bool> RunAsync(RtmpConnection connection, CancellationToken cancellationToken)
    {
        var answer = new byte[1 + (2 * Size)];
        if (!await connection.FillAsync(answer.AsMemory(0, 1), cancellationToken))
        {
            return false;
        }

        if (answer[0] != Version)
        {
            throw Refuse(answer[0]);
        }

        RandomNumberGenerator.Fill(answer.AsSpan(1 + RandomOffset, Size - RandomOffset));
        var echo = answer.AsMemory(1 + Size);
        if (!await connection.FillAsync(echo, cancellationToken))
        {
            return false;
        }

        await connection.SendAsync(answer, cancellationToken);
        return await connection.FillAsync(new byte[Size], cancellationToken);
    }

    private static RtmpProtocolException Refuse(byte first) => first switch
    {
        0x16 => new RtmpProtocolException(RtmpFault.TlsOnPlainPort, "A TLS client called the port without TLS"),
        (byte)'G' or (byte)'P' or (byte)'H' or (byte)'D' or (byte)'O' or (byte)'C' or (byte)'T' =>
            new RtmpProtocolException(RtmpFault.HttpOnRtmpPort, "An HTTP client called the RTMP port"),
        6 or 8 or 9 => new RtmpProtocolException(RtmpFault.EncryptedRtmp, "The client asks for encrypted RTMP"),
        _ => new RtmpProtocolException(RtmpFault.NotRtmp, $"The first byte is {first:x2}"),
    };
}
