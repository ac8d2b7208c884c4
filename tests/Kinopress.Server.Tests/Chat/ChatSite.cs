using Kinopress.Client;
using Kinopress.Core.Data;
using Kinopress.Core.Features.Chat;
using Kinopress.Testing;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Server.Tests.Chat;

/// <summary>Lives with people who talk.</summary>
internal static class ChatSite
{
    /// <summary>A live of the creator.</summary>
    /// <returns>Its public id.</returns>
    public static async Task<string> AddLiveAsync(this TestSite site, string visibility = "public", bool hasChat = true) =>
        (await (await site.ClientAsync("creator")).Lives.CreateAsync(new LiveEdit { Title = "Evening show", Visibility = visibility, Chat = hasChat })).PublicId;

    public static async Task<ChatClient> ChatAsync(this TestSite site, string person, params string[] scopes) => (await site.ClientAsync(person, scopes)).Chat;

    /// <summary>What the database holds.</summary>
    public static Task<List<(string Text, ChatMessageState State)>> KeptAsync(this TestSite site) => site.UseAsync(async (KinopressDbContext db) =>
        (await db.ChatMessages.AsNoTracking().OrderBy(message => message.SentAt).ThenBy(message => message.Id).ToListAsync()).ConvertAll(message => (message.Text, message.State)));

    /// <summary>A browser's end of the hub.</summary>
    /// <param name="person">Null for a stranger.</param>
    public static async Task<ChatListener> ListenAsync(this TestSite site, string live, string? person = null)
    {
        var cookies = person is null ? null : (await site.BrowserAsync(person)).Cookies;
        var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(site.Address, $"/hubs/chat?live={live}"), options =>
            {
                if (cookies is not null)
                {
                    options.Cookies = cookies;
                }
            })
            .Build();
        var listener = new ChatListener(connection);
        await connection.StartAsync();
        return listener;
    }
}
