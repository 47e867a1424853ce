using JupyterHub.Core.Authentication;

namespace JupyterHub.Core.Tests.Authentication;

public class PythonTextTests
{
    [Fact]
    public void Lower_case_is_Pythons()
    {
        foreach (var vector in SignedValueVectors.Root.GetProperty("lower").EnumerateArray())
        {
            Assert.Equal(vector.Text("lower"), PythonText.ToLower(vector.Text("text")));
        }
    }

    [Theory]
    [InlineData("", "")]
    [InlineData(" \t\n\u001c\u0085\u00a0\u2003ada\u3000 ", "ada")]
    [InlineData("\u200bada", "\u200bada")]
    [InlineData(" \n ", "")]
    public void Strip_is_Pythons(string text, string expected) => Assert.Equal(expected, PythonText.Strip(text));
}
