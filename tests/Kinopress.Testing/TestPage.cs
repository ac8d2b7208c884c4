using System.Net.WebSockets;
using System.Text.Json;

namespace Kinopress.Testing;

/// <summary>A page that goes live, as far as a site sees it: its end of the WebSocket. Disposing hangs up without a word.</summary>
public sealed class TestPage : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _heard = new byte[4096];

    private TestPage()
    {
    }

    /// <summary>Connects and says hello.</summary>
    /// <param name="format">Null says nothing of it, which means frames.</param>
    /// <param name="origin">Whose page it is; null for one of the site.</param>
    public static async Task<TestPage> OpenAsync(Uri site, string ticket, string? format = null, string? origin = null)
    {
        var page = new TestPage();
        page._socket.Options.SetRequestHeader("Origin", origin ?? site.GetLeftPart(UriPartial.Authority));
        await page._socket.ConnectAsync(new UriBuilder(site) { Scheme = "ws", Path = "/ingest/live" }.Uri, CancellationToken.None);
        await page.SayAsync(format is null ? JsonSerializer.SerializeToUtf8Bytes(new { ticket }) : JsonSerializer.SerializeToUtf8Bytes(new { ticket, format }));
        return page;
    }

    /// <summary>Harmless when the site has closed: what it said last can still be heard.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> message)
    {
        try
        {
            await _socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
        }
        catch (WebSocketException)
        {
            // It has closed.
        }
    }

    /// <summary>Goes on sending, as a page does, until it is told that this is the end.</summary>
    /// <param name="afterEach">Called after each message; null does nothing.</param>
    public async Task<JsonElement> SendUntilEndAsync(ReadOnlyMemory<byte> message, Action? afterEach = null)
    {
        var told = HearAsync("end");
        await Eventually.HoldsAsync(
            async () =>
            {
                if (!told.IsCompleted)
                {
                    await SendAsync(message);
                    afterEach?.Invoke();
                }

                return told.IsCompleted;
            },
            "the page is told that this is the end");
        return await told;
    }

    /// <summary>Says goodbye, which ends the live.</summary>
    public Task EndAsync() => SayAsync("end"u8.ToArray());

    /// <summary>Closes without a goodbye, as a page does that is closed.</summary>
    public Task CloseAsync() => _socket.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, statusDescription: null, CancellationToken.None);

    /// <summary>Skips what is said before it.</summary>
    public async Task<JsonElement> HearAsync(string type)
    {
        while (true)
        {
            var received = await _socket.ReceiveAsync(_heard, CancellationToken.None);
            if (received.MessageType != WebSocketMessageType.Text)
            {
                throw new InvalidOperationException($"The site closed and never said {type}.");
            }

            using var words = JsonDocument.Parse(_heard.AsMemory(0, received.Count));
            if (words.RootElement.GetProperty("type").GetString() == type)
            {
                return words.RootElement.Clone();
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private Task SayAsync(byte[] words) => _socket.SendAsync(words, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
}
