using System.Security.Cryptography;
using Kinopress.Rtmp.Connections;

namespace Kinopress.Rtmp.Handshakes;

/// <summary>The simple handshake (RTMP 1.0 §5.2), the side that calls. S2 is read and believed.</summary>
internal static class ClientHandshake
{
    private const int Size = ServerHandshake.Size;
    private const int RandomOffset = 8;

    /// <returns>False when the server left.</returns>
    public static async Task<bool> RunAsync(RtmpConnection connection, CancellationToken cancellationToken)
    {
        var greeting = new byte[1 + Size];
        greeting[0] = ServerHandshake.Version;
        RandomNumberGenerator.Fill(greeting.AsSpan(1 + RandomOffset));
        await connection.SendAsync(greeting, cancellationToken);

        var answer = new byte[1 + (2 * Size)];
        if (!await connection.FillAsync(answer.AsMemory(0, 1), cancellationToken))
        {
            return false;
        }

        if (answer[0] != ServerHandshake.Version)
        {
            throw new RtmpProtocolException(RtmpFault.NotRtmp, $"The server answers with {answer[0]:x2}");
        }

        if (!await connection.FillAsync(answer.AsMemory(1), cancellationToken))
        {
            return false;
        }

        await connection.SendAsync(answer.AsMemory(1, Size), cancellationToken);
        return true;
    }
}
