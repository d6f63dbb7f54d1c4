using Samples.Library;
using StyleGan2.Encoder.Projection;

if (args is not [string picture, string result])
{
    Console.Error.WriteLine("usage: Library PICTURE RESULT-NAME");
    return 2;
}

using CancellationTokenSource stop = new();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
Progress<ProjectionStep> progress = new(step => Console.WriteLine($"step {step.Number}: distance {step.Distance:F4}"));
try
{
    ProjectOnePicture.Run(picture, result, new ProjectorOptions(), progress, stop.Token);
    return 0;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("stopped");
    return 130;
}
