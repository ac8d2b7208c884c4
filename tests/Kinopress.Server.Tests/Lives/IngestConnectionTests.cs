using System.Net;
using System.Net.Sockets;
using Kinopress.Server.Ingest;

namespace Kinopress.Server.Tests.Lives;

public sealed class IngestConnectionTests : IDisposable
{
    private readonly IngestPulse _pulse = new(TimeProvider.System);
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TcpClient _encoder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_encoder_in_full_flow_reads_what_it_is_told_last()
    {
        var connection = await ConnectAsync();
        connection.Pace();
        await _encoder.GetStream().WriteAsync(new byte[50_000], Cancelled); // nobody reads it

        await connection.Stream.WriteAsync("goodbye"u8.ToArray(), Cancelled);
        var closing = connection.DisposeAsync();
        using var heard = new StreamReader(_encoder.GetStream(), leaveOpen: true);

        Assert.Equal("goodbye", await heard.ReadToEndAsync(Cancelled));
        _encoder.Close();
        await closing;
    }

    [Fact]
    public async Task One_that_neither_leaves_nor_stops_is_not_waited_for_long()
    {
        var connection = await ConnectAsync();
        connection.Pace();

        await connection.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20), Cancelled);

        Assert.Equal(0, await _encoder.GetStream().ReadAsync(new byte[1], Cancelled));
    }

    public void Dispose()
    {
        _encoder.Dispose();
        _listener.Dispose();
        _pulse.Dispose();
    }

    private async Task<IngestConnection> ConnectAsync()
    {
        _listener.Start();
        await _encoder.ConnectAsync((IPEndPoint)_listener.LocalEndpoint, Cancelled);
        return new IngestConnection(await _listener.AcceptSocketAsync(Cancelled), _pulse);
    }
}
