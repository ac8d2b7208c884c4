using Kinopress.Core.Data;
using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Chat;

/// <summary>Decides that nobody gets to see a held message.</summary>
public sealed class RejectHeldMessage(KinopressDbContext db, ChatRooms rooms, TimeProvider clock)
{
    /// <returns><c>chat.message_not_found</c> also when the chat is not the caller's to moderate; <c>chat.not_held</c>.</returns>
    public async Task<Result<Done>> RunAsync(string publicId, Id<ChatMessage> id, Caller caller, CancellationToken cancellationToken)
    {
        if ((await HeldMessages.DecideAsync(db, rooms, publicId, id, caller, message => message.Reject(new Id<User>(caller.UserId ?? Guid.Empty), clock.GetUtcNow()), cancellationToken)).Failed(out var failure))
        {
            return failure;
        }

        await rooms.AnnounceAsync(publicId, new ChatHeldSettled(id.Value), CancellationToken.None);
        return Done.Value;
    }
}

/// <summary>What approving and rejecting have in common. The first decision counts.</summary>
internal static class HeldMessages
{
    public static async Task<Result<ChatMessageView>> DecideAsync(
        KinopressDbContext db, ChatRooms rooms, string publicId, Id<ChatMessage> id, Caller caller, Func<ChatMessage, Result<ChatMessage>> decide, CancellationToken cancellationToken)
    {
        await rooms.SettleAsync(publicId, cancellationToken);
        var moderated = db.Lives.ModeratedBy(caller).Where(live => live.PublicId == publicId);

        // Primary key.
        var message = await db.ChatMessages.SingleOrDefaultAsync(candidate => candidate.Id == id && moderated.Any(live => live.Id == candidate.LiveId), cancellationToken);
        if (message is null)
        {
            return ChatFailures.MessageNotFound;
        }

        if (decide(message).Failed(out var failure))
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

        return ChatQueries.ViewOf(message);
    }
}
