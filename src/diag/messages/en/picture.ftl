# Pictures

picture-empty = The picture “{ $name }” is an empty file
picture-empty-hint = Copy or save the picture again

picture-not-a-picture = “{ $name }” is not a picture
picture-not-a-picture-hint = A new name does not make a file a picture; open the original in a viewer and save it as JPG or PNG

picture-unsupported = The picture “{ $name }” has the format { $format }, which many phones cannot show
picture-unsupported-hint = Open it in a viewer or in the phone's gallery and save it as JPG (photographs) or PNG (screenshots, drawings)
picture-unsupported-drawing-hint = Open it in a drawing program and export it as PNG; a width of 1600 pixels is enough
picture-unsupported-document-hint = Take a screenshot of the page you need and save it as PNG, or link to the document in the text

picture-truncated = The picture “{ $name }” is not complete: its end is missing
picture-truncated-hint = It was probably not copied to the end; copy it again from the phone or camera

picture-broken = The picture “{ $name }” is damaged and cannot be opened
picture-broken-hint = Copy the original again; if a viewer can still open it, save it as JPG and use that

picture-oversized = The picture “{ $name }” is too large: { $width } × { $height } pixels
picture-oversized-hint = Reduce it to at most { $megapixels } megapixels and { $side } pixels a side; a long screenshot can be cut into several

picture-long-animation = The animation “{ $name }” is too long: { $frames } frames
picture-long-animation-hint = The site uses only the first frame of an animation; take a screenshot and save it as PNG

