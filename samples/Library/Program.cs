using Samples.Library;

if (args is not [string picture, string result])
{
    Console.Error.WriteLine("usage: Library PICTURE RESULT-NAME");
    return 2;
}

ProjectOnePicture.Run(picture, result);
return 0;
