using Kinopress.Themes.Rendering;
using Scriban;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Kinopress.Themes.Functions;

/// <summary>A function of ours as the template language calls it.</summary>
internal sealed class ThemeFunction(int required, int optional, Func<FunctionCall, object?> body) : IScriptCustomFunction
{
    public int RequiredParameterCount => required;

    public int ParameterCount => required + optional;

    public ScriptVarParamKind VarParamKind => ScriptVarParamKind.None;

    public Type ReturnType => typeof(object);

    public ScriptParameterInfo GetParameterInfo(int index) =>
        index < required ? new ScriptParameterInfo(typeof(object), $"value{index}") : new ScriptParameterInfo(typeof(object), $"value{index}", null!); // null is the default value

    public object? Invoke(TemplateContext context, ScriptNode? callerContext, ScriptArray arguments, ScriptBlockStatement? blockStatement) =>
        body(new FunctionCall((SandboxContext)context, arguments));

    public ValueTask<object?> InvokeAsync(
        TemplateContext context, ScriptNode? callerContext, ScriptArray arguments, ScriptBlockStatement? blockStatement) =>
        ValueTask.FromResult(Invoke(context, callerContext, arguments, blockStatement));
}
