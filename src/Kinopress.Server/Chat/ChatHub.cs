using Kinopress.Core.Features.Chat;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host.Security;
using Microsoft.AspNetCore.SignalR;

namespace Kinopress.Server.Chat;

/// <summary>
/// One browser in the room of one live: <c>/hubs/chat?live={publicId}</c>. It is told everything by <c>events</c>, a list of
/// <see cref="ChatEvent"/>, and may say something. Moderation is the API's.
/// </summary>
internal sealed class ChatHub(ChatRooms rooms, ChatPlaces places, ChatConnections connections, SendChatMessage sendChatMessage, SendChatReaction sendChatReaction, TimeProvider clock) : Hub
{
    public const string Path = "/hubs/chat";

    private const string PlaceItem = "place";
    private const string StayItem = "stay";
    private const string SeatItem = "seat";
    private const string PatienceItem = "patience";

    // Whoever is refused that often in ten seconds is a program that does not listen.
    private const int MaxRefusals = 60;

    public override async Task OnConnectedAsync()
    {
        if (places.TryTake(Context.GetHttpContext()?.Connection.RemoteIpAddress) is not { } place)
        {
            throw new HubException(ChatFailures.Full.Code);
        }

        try
        {
            Context.Items[StayItem] = await ComeInAsync();
            Context.Items[PlaceItem] = place;
        }
        catch
        {
            place.Dispose(); // whoever did not come in is not seen leaving: SignalR tells nobody
            throw;
        }
    }

    public override async Task OnDisconnectedAsync(Exception? exception)
    {
        using var place = Held<IDisposable>(PlaceItem);
        using var stay = Held<ChatStay>(StayItem);
        if (stay is not null && Held<ChatSeat>(SeatItem) is { } seat)
        {
            stay.Room.Leave(seat);
            await seat.Writing;
        }
    }

    /// <summary>Says something.</summary>
    /// <param name="replyTo">The id of the message it answers; null for none.</param>
    public async Task<ChatAnswer> Send(string? text, string? replyTo)
    {
        var draft = new ChatDraft(text, Guid.TryParse(replyTo, out var id) ? id : null);
        var sent = await sendChatMessage.RunAsync(PublicIdOf(Context), draft, Sessions.StampOf(Context.User), CallerOf(Context), Context.ConnectionAborted);
        return sent.Match(message => new ChatAnswer(message.Message.Id, message.IsHeld, Code: null, Message: null, RetryAfterSeconds: null), Refuse);
    }

    /// <summary>Sends a heart or the like.</summary>
    public async Task<ChatAnswer> React(string? reaction)
    {
        var sent = await sendChatReaction.RunAsync(PublicIdOf(Context), reaction, CallerOf(Context), Context.ConnectionAborted);
        return sent.Match(_ => new ChatAnswer(Id: null, IsHeld: false, Code: null, Message: null, RetryAfterSeconds: null), Refuse);
    }

    private T? Held<T>(string item)
        where T : class => Context.Items.TryGetValue(item, out var held) ? held as T : null;

    private async Task<ChatStay> ComeInAsync()
    {
        var caller = CallerOf(Context);
        if ((await rooms.EnterAsync(PublicIdOf(Context), caller, Context.ConnectionAborted)).Failed(out var failure, out var stay))
        {
            throw new HubException(failure.Code);
        }

        try
        {
            await SitDownAsync(stay, caller);
            return stay;
        }
        catch
        {
            stay.Dispose();
            throw;
        }
    }

    private async Task SitDownAsync(ChatStay stay, Caller caller)
    {
        var author = await rooms.FindAuthorAsync(stay.Room, caller, Context.ConnectionAborted);
        var seat = new HubSeat(connections.Find(Context.ConnectionId), caller, clock);
        Context.Items[SeatItem] = seat;
        var welcome = new ChatWelcome(
            author is not null, author?.Name, author is null ? null : ChatAuthor.KeyOf(stay.Room.Facts.LiveId, author.Id), stay.Room.Facts.MayModerate(caller),
            author is { Moderates: false, Restriction: { } restriction } && restriction.Holds(clock.GetUtcNow()) ? restriction : null);
        if (!stay.Room.TrySeat(seat, welcome))
        {
            throw new HubException(ChatFailures.Busy.Code);
        }
    }

    private ChatAnswer Refuse(Failure failure)
    {
        var now = clock.GetUtcNow();
        if (!Context.Items.TryGetValue(PatienceItem, out var kept) || kept is not ChatPace patience)
        {
            Context.Items[PatienceItem] = patience = new ChatPace(MaxRefusals, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10));
        }

        if (patience.Take(now) is not null)
        {
            Context.Abort();
        }

        return new ChatAnswer(Id: null, IsHeld: false, failure.Code, failure.Message, failure.RetryAfter is { } wait ? (int)Math.Ceiling(wait.TotalSeconds) : null);
    }

    private static string PublicIdOf(HubCallerContext context) => context.GetHttpContext()?.Request.Query["live"].ToString() ?? "";

    private static Caller CallerOf(HubCallerContext context) => context.User is { } user ? Sessions.CallerOf(user) : Caller.Stranger;
}

/// <summary>What became of something said.</summary>
/// <param name="Id">Null when it was refused, and for reactions.</param>
/// <param name="IsHeld">It waits for a moderator.</param>
/// <param name="Code">Why it was refused; null when it was not.</param>
/// <param name="Message">The same in words.</param>
/// <param name="RetryAfterSeconds">Null when waiting does not help.</param>
internal sealed record ChatAnswer(Guid? Id, bool IsHeld, string? Code, string? Message, int? RetryAfterSeconds);
