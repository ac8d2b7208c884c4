using Scriban;
using Scriban.Syntax;

namespace Kinopress.Themes.Rendering;

/// <summary>Finds the parts of the language that a theme may not use, before they run.</summary>
internal sealed class ForbiddenSyntax : ScriptVisitor
{
    private (int Line, string Message)? _first;

    public static (int Line, string Message)? Find(Template template)
    {
        var visitor = new ForbiddenSyntax();
        visitor.Visit(template.Page);
        return visitor._first;
    }

    public override void Visit(ScriptImportStatement node) => Forbid(node, "'import' is not available in themes.");

    public override void Visit(ScriptBinaryExpression node)
    {
        // Shifts and powers make numbers of any size in one step.
        if (node.Operator is ScriptBinaryOperator.ShiftLeft or ScriptBinaryOperator.ShiftRight or ScriptBinaryOperator.Power)
        {
            Forbid(node, "Shifts and powers are not available in themes.");
        }

        base.Visit(node);
    }

    public override void Visit(ScriptVariableGlobal node)
    {
        if (node.BaseName is "include" or "include_join" or "import")
        {
            Forbid(node, $"'{node.BaseName}' is not available in themes: use partial \"name\" {{ … }}.");
        }

        base.Visit(node);
    }

    private void Forbid(ScriptNode node, string message) => _first ??= (node.Span.Start.Line + 1, message);
}
