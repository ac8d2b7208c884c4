using Kinopress.Browser.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Kinopress.Browser.Tests;

public sealed class EmbedTests(Chromium chromium, FilledSite site)
{
    [Fact]
    public async Task Another_site_plays_seeks_and_pauses_an_embedded_video_by_messages()
    {
        await using var other = await StartOtherSiteAsync($"{site.Address}embed/{site.PublicVideo}");
        await using var visit = await Visit.BeginAsync(chromium, new Uri(other.Urls.First()));
        await visit.Page.GotoAsync("/");
        await visit.Page.WaitForFunctionAsync("() => heard.some((message) => message.type === 'ready' && message.duration > 5)");

        await visit.Page.EvaluateAsync("() => { say({ type: 'mute', muted: true }); say({ type: 'play' }); }");
        await visit.Page.WaitForFunctionAsync("() => heard.some((message) => message.type === 'time' && message.seconds > 0.5)");
        await visit.Page.EvaluateAsync("() => { say({ type: 'pause' }); say({ type: 'seek', seconds: 4 }); }");

        await visit.Page.WaitForFunctionAsync("() => heard.some((message) => message.type === 'pause') && heard.some((message) => message.type === 'time' && message.seconds >= 4)");
        Findings.AssertNone(visit.Complaints);
    }

    private static async Task<WebApplication> StartOtherSiteAsync(string embed)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/", () => Results.Content(
            $$"""
            <!doctype html><html lang="en"><head><title>Another site</title><link rel="icon" href="data:,"></head><body>
            <iframe src="{{embed}}" title="Video" width="640" height="360" allow="autoplay; fullscreen"></iframe>
            <script>
              const heard = [];
              const say = (message) => document.querySelector('iframe').contentWindow.postMessage({ kinopress: 1, ...message }, '*');
              window.addEventListener('message', (event) => heard.push(event.data));
            </script></body></html>
            """,
            "text/html"));
        await app.StartAsync();
        return app;
    }
}
