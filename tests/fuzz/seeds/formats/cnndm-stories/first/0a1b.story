(CNN) Rivers rise.

Bridges close.

@highlight

Rivers are high

@highlight

Bridges are shut
