using Kinopress.Core.Data;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Chat;

/// <summary>Keeps one message at the top of a room, in place of the one before.</summary>
public sealed class PinChatMessage(KinopressDbContext db, ChatRooms rooms, SiteEmotes emotes, TimeProvider clock)
{
    /// <returns><c>chat.message_not_found</c> also when the chat is not the caller's to moderate; <c>chat.edited_elsewhere</c>.</returns>
    public async Task<Result<ChatMessageView>> RunAsync(string publicId, Id<ChatMessage> id, Caller caller, CancellationToken cancellationToken)
    {
        await rooms.SettleAsync(publicId, cancellationToken);
        var moderated = db.Lives.ModeratedBy(caller).Where(live => live.PublicId == publicId);

        // Primary key.
        var message = await db.ChatMessages.AsNoTracking()
            .SingleOrDefaultAsync(candidate => candidate.Id == id && candidate.State == ChatMessageState.Shown && moderated.Any(live => live.Id == candidate.LiveId), cancellationToken);
        if (message is null)
        {
            return ChatFailures.MessageNotFound;
        }

        var now = clock.GetUtcNow();
        var chat = await db.LiveChats.SingleOrDefaultAsync(candidate => candidate.LiveId == message.LiveId, cancellationToken);
        if (chat is null)
        {
            chat = LiveChat.Create(message.LiveId, now);
            db.LiveChats.Add(chat);
        }

        chat.Pin(id, now);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            return ChatFailures.EditedElsewhere; // two were first at once
        }

        var view = ChatQueries.ViewOf(message, await emotes.GetAsync(CancellationToken.None));
        await rooms.AnnounceAsync(publicId, new ChatPinned(view), CancellationToken.None);
        return view;
    }
}
