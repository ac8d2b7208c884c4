using System.Net.Sockets;
using System.Text;
using Kinopress.Testing;

namespace Kinopress.Server.Tests.Support;

/// <summary>A PATCH over a bare connection, which a test can leave hanging or break.</summary>
internal sealed class RawUpload : IDisposable
{
    private readonly TcpClient _connection = new() { NoDelay = true };

    public static async Task<RawUpload> StartAsync(TestSite site, string token, Guid id, long offset, long contentLength)
    {
        var upload = new RawUpload();
        await upload._connection.ConnectAsync(site.Address.Host, site.Address.Port);
        await upload.SendAsync(Encoding.ASCII.GetBytes(
            $"PATCH /rest/v1/uploads/{id} HTTP/1.1\r\nHost: {site.Address.Authority}\r\nAuthorization: Bearer {token}\r\nTus-Resumable: 1.0.0\r\n"
            + $"Upload-Offset: {offset}\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: {contentLength}\r\n\r\n"));
        return upload;
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await _connection.GetStream().WriteAsync(bytes);

    /// <summary>As a cable pulled out: no goodbye, and what nobody had read yet is lost.</summary>
    public void Break()
    {
        _connection.LingerState = new LingerOption(enable: true, seconds: 0);
        _connection.Close();
    }

    public void Dispose() => _connection.Dispose();
}
