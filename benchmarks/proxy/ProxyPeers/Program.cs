using ProxyPeers;

return args switch
{
    ["serve", var port] => await Server.RunAsync(int.Parse(port, System.Globalization.CultureInfo.InvariantCulture)),
    ["websockets", var url, var connections, var seconds] => await WebSocketLoad.RunAsync(
        new Uri(url),
        int.Parse(connections, System.Globalization.CultureInfo.InvariantCulture),
        TimeSpan.FromSeconds(double.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture))),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("ProxyPeers serve PORT | ProxyPeers websockets ws://HOST:PORT/PATH CONNECTIONS SECONDS");
    return 2;
}
