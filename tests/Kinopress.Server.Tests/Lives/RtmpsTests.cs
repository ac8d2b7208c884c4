using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Kinopress.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Kinopress.Server.Tests.Lives;

/// <summary>The encrypted way in for encoders.</summary>
public sealed class RtmpsTests
{
    [Fact]
    public async Task Whoever_does_not_encrypt_is_closed_without_an_alarm()
    {
        var port = RunningSite.FreePort();
        var certificate = Path.Combine(Directory.CreateTempSubdirectory("kinopress-rtmps-").FullName, "site.pfx");
        await WriteCertificateAsync(certificate);
        using var seen = new SeenLogs();
        await using var site = await TestSite.StartAsync(new TestSiteOptions
        {
            Configure = options => options.RtmpUrls = $"rtmps://127.0.0.1:{port}",
            Customise = builder =>
            {
                builder.Configuration.AddInMemoryCollection([new("Kestrel:Certificates:Default:Path", certificate)]);
                builder.Logging.AddProvider(seen).AddFilter<SeenLogs>("Kinopress", LogLevel.Trace);
            },
        });

        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync(() => Task.FromResult(seen.Entries.Any(entry => entry.Name == "ingest.not_encrypted")), "it is written down");
        Directory.Delete(Path.GetDirectoryName(certificate) ?? "", recursive: true);

        Assert.Equal(LogLevel.Information, seen.Entries.Single(entry => entry.Name == "ingest.not_encrypted").Level);
        Assert.DoesNotContain(seen.Entries, entry => entry.Level >= LogLevel.Error);
    }

    private static async Task WriteCertificateAsync(string path)
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        await File.WriteAllBytesAsync(path, certificate.Export(X509ContentType.Pkcs12));
    }

    private sealed class SeenLogs : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<(LogLevel Level, string? Name)> Entries { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Entries.Enqueue((logLevel, eventId.Name));

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
