using System.Net;
using Kinopress.Core.Data;
using Kinopress.Testing;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Server.Tests.Uploads;

/// <summary>Uploading with Studio's plain form, without JavaScript.</summary>
public sealed class FormUploadTests
{
    private static readonly byte[] Film = new byte[200_000];

    [Fact]
    public async Task One_file_leads_to_its_page()
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { RunsJobs = false });

        using var answer = await SendAsync(site, withToken: true, "evening.mp4");

        var video = await site.UseAsync((KinopressDbContext db) => db.Videos.SingleAsync());
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.StartsWith($"/studio/videos/{video.PublicId}", answer.Headers.Location?.OriginalString, StringComparison.Ordinal);
        Assert.Equal("evening", video.Title);
        Assert.Null(video.PublishedAt);
    }

    [Fact]
    public async Task Several_files_lead_to_the_list()
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { RunsJobs = false });

        using var answer = await SendAsync(site, withToken: true, "one.mp4", "two.mp4");

        Assert.StartsWith("/studio/videos?", answer.Headers.Location?.OriginalString, StringComparison.Ordinal);
        Assert.Equal(2, await site.UseAsync((KinopressDbContext db) => db.Videos.CountAsync()));
    }

    [Fact]
    public async Task Without_the_antiforgery_token_nothing_is_taken()
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { RunsJobs = false });

        using var answer = await SendAsync(site, withToken: false, "evening.mp4");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(0, await site.UseAsync((KinopressDbContext db) => db.Uploads.CountAsync()));
    }

    [Fact]
    public async Task A_refused_file_says_why_on_the_page()
    {
        var processes = new FakeProcesses { Probe = FakeProcesses.Says("{}") };
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Processes = processes });

        using var answer = await SendAsync(site, withToken: true, "notes.txt");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("This file is not a video", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(site.Data, "tmp", "uploads")));
    }

    private static async Task<HttpResponseMessage> SendAsync(TestSite site, bool withToken, params string[] names)
    {
        var browser = await site.BrowserAsync("creator");
        var field = (await browser.OpenAsync("/studio/upload")).QuerySelector("form[action='/studio/upload'] input[type=hidden]");
        using var content = new MultipartFormDataContent();
        if (withToken)
        {
            content.Add(new StringContent(field?.GetAttribute("value") ?? ""), field?.GetAttribute("name") ?? "");
        }

        foreach (var name in names)
        {
            content.Add(new ByteArrayContent(Film), "files", name);
        }

        return await browser.Http.PostAsync("/studio/upload", content);
    }
}
