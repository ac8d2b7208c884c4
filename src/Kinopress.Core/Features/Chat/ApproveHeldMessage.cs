using Kinopress.Core.Data;
using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Chat;

/// <summary>Shows a held message to everybody, at the place where it was sent.</summary>
public sealed class ApproveHeldMessage(KinopressDbContext db, ChatRooms rooms, SiteEmotes emotes, TimeProvider clock)
{
    /// <returns><c>chat.message_not_found</c> also when the chat is not the caller's to moderate; <c>chat.not_held</c> when somebody decided before.</returns>
    public async Task<Result<ChatMessageView>> RunAsync(string publicId, Id<ChatMessage> id, Caller caller, CancellationToken cancellationToken)
    {
        await rooms.SettleAsync(publicId, cancellationToken);
        if (await HeldMessages.FindAsync(db, publicId, id, caller, cancellationToken) is not { } message)
        {
            return ChatFailures.MessageNotFound;
        }

        if (message.Approve(new Id<User>(caller.UserId ?? Guid.Empty), clock.GetUtcNow()).Failed(out var failure))
        {
            return failure;
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return ChatFailures.NotHeld;
        }

        await rooms.AnnounceAsync(publicId, new ChatHeldSettled(id.Value), CancellationToken.None);
        var view = ChatQueries.ViewOf(message, await emotes.GetAsync(CancellationToken.None));
        await rooms.AnnounceAsync(publicId, new ChatMessageSent(view), CancellationToken.None);
        return view;
    }
}
